import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import { Logger, runMigrations } from 'graphile-worker';
import postgres from 'postgres';
import { root } from './platform.ts';

/** Brings a database to the newest schema, and that of its queue of jobs, as its owner. Safe to repeat, and to run twice at once: a lock orders them. */
export async function migrate(ownerUrl: string) {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(hashtext('trede migrations'))`;
    await applyMigrations(drizzle(client), { migrationsFolder: join(root, 'db', 'migrations') });
    await runMigrations({ connectionString: ownerUrl, logger: new Logger(() => () => {}) });
    await client.unsafe(readFileSync(join(root, 'db', 'jobs.sql'), 'utf8'));
  } finally {
    await client.end();
  }
}
