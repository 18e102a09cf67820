import { type Logger, sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { env } from '#lib/env.ts';
import { statement } from './statement.ts';
import { openTransactions, type Transaction } from './transaction.ts';

export type { Transaction } from './transaction.ts';

/** A pool of connections. All that the work of a transaction sends is committed when the work is done, or nothing. */
export type Database = Omit<PostgresJsDatabase, 'transaction'> & {
  transaction: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
};

/** The database roles that a transaction can take on; each sees only what the migrations grant it. */
export type DatabaseRole =
  | 'trede_insurer'
  | 'trede_supervisor'
  | 'trede_administrator'
  | 'trede_system'
  | 'trede_visitor';

/**
 * Opens a pool of connections. Nothing else in the house does.
 * @param connections at most: a quarter for statements on their own, the others for a transaction each
 */
export function openDatabase(url: string, connections: number, logger?: Logger) {
  const options = { onnotice: () => {}, connection: { application_name: 'trede' } };
  const single = Math.max(1, Math.floor(connections / 4));
  const client = postgres(url, { ...options, max: single });
  const transactions = openTransactions(Math.max(1, connections - single), {
    open: (onclose) => postgres(url, { ...options, max: 1, onclose }),
    logger,
  });
  return {
    database: Object.assign(drizzle(client, { logger }), { transaction: transactions.run }) as Database,
    close: async () => {
      await Promise.all([client.end({ timeout: 5 }), transactions.close()]);
    },
  };
}

/**
 * Opens one connection that listens on a channel, beside any pool. It is opened again when it is lost: `onListening` is
 * called each time, and what was sent in between was not heard.
 * @returns what closes it
 */
export async function openListener(
  url: string,
  channel: string,
  { onMessage, onListening }: { onMessage: (payload: string) => void; onListening: () => void },
): Promise<() => Promise<void>> {
  const client = postgres(url, { onnotice: () => {}, connection: { application_name: 'trede listener' } });
  const close = () => client.end({ timeout: 5 });
  try {
    await client.listen(channel, onMessage, onListening);
  } catch (error) {
    await close();
    throw error;
  }
  return close;
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

/** The one listening connection of this process, on the database of its pool. */
export const openProcessListener = (channel: string, on: Parameters<typeof openListener>[2]) =>
  openListener(env().DATABASE_URL, channel, on);
