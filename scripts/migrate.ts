import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { root } from './platform.ts';

/** Brings a database to the newest schema, as its owner. Safe to repeat, and to run twice at once: a lock orders them. */
export async function migrate(ownerUrl: string) {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(hashtext('trede migrations'))`;
    await applyMigrations(drizzle(client), { migrationsFolder: join(root, 'db', 'migrations') });
  } finally {
    await client.end();
  }
}
