import 'server-only';
import { sql } from 'drizzle-orm';
import { processDatabase } from '#db/client.ts';
import { env } from '#lib/env.ts';

/** Ends the process with one line on standard error when it must not serve. */
export async function startOrEnd() {
  try {
    await checkStart();
  } catch (error) {
    process.stderr.write(`Trede does not start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/**
 * Refuses to serve with wrong settings, and with a login that row security does not hold: an owner, a superuser or one
 * that bypasses it.
 * @throws Error with one line that says what to change
 */
export async function checkStart() {
  env();
  const [login] = await processDatabase().execute<{ powerful: boolean; owns: boolean }>(sql`
    select rolsuper or rolbypassrls as powerful,
      exists (select from pg_class where relowner = pg_roles.oid and relkind = 'r') as owns
    from pg_roles where rolname = session_user`);
  if (login?.powerful || login?.owns) {
    throw new Error(
      'DATABASE_URL logs in as an owner or a superuser; use the login trede_app, which row security holds.',
    );
  }
}
