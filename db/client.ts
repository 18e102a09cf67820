import { sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase, type PostgresJsTransaction } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { env } from '#lib/env.ts';
import { statement } from './statement.ts';

export type Database = PostgresJsDatabase;
export type Transaction = PostgresJsTransaction<Record<string, never>, Record<string, never>>;

/** The database roles that a transaction can take on; each sees only what the migrations grant it. */
export type DatabaseRole = 'trede_insurer' | 'trede_supervisor' | 'trede_administrator' | 'trede_system';

/** Opens a pool of connections. Nothing else in the house does. */
export function openDatabase(url: string, connections: number) {
  const client = postgres(url, { max: connections, onnotice: () => {}, connection: { application_name: 'trede' } });
  return { database: drizzle(client) as Database, close: () => client.end({ timeout: 5 }) };
}

/**
 * Opens one connection that stays as long as it can: what belongs to a session, such as advisory locks, lives on it.
 * @param onClose called when it breaks, and with it what belonged to the session; the next use opens another
 */
export function openSession(url: string, onClose: () => void) {
  return postgres(url, {
    max: 1,
    max_lifetime: null,
    idle_timeout: 0,
    onnotice: () => {},
    onclose: onClose,
    connection: { application_name: 'trede locks' },
  });
}

/**
 * Takes on a role, and the organisation whose rows it may see, until the transaction ends. It goes out in the same
 * flight as the statements after it: the server runs them in order.
 * @param organisationId null for roles that belong to no single tenant
 */
export function takeRole(tx: Transaction, role: DatabaseRole, organisationId: string | null) {
  return setRole(tx, { role, organisation: organisationId ?? '' });
}

const setRole = statement('role', (db) =>
  db
    .select({
      role: sql`set_config('role', ${sql.placeholder('role')}, true)`,
      organisation: sql`set_config('trede.organisation', ${sql.placeholder('organisation')}, true)`,
    })
    .from(sql`(values (1)) as one`),
);

const held = globalThis as { tredeDatabase?: Database };

/** The one pool of this process. Kept on the global object: a development server loads this file again on a change. */
export function processDatabase(): Database {
  held.tredeDatabase ??= openDatabase(env().DATABASE_URL, env().TREDE_DATABASE_CONNECTIONS).database;
  return held.tredeDatabase;
}
