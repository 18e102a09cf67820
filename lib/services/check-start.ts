import 'server-only';
import { access, constants, mkdir } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { processDatabase } from '#db/client.ts';
import { env } from '#lib/env.ts';
import { stagingFolder } from '#lib/storage/process-storage.ts';
import { processScanner } from './evidence/evidence-context.ts';
import { explainConnection } from './explain-connection.ts';

/**
 * Ends the process with one line on standard error when it must not serve.
 * @param front whether `front.ts` was loaded into this process, which guards every path of it
 */
export async function startOrEnd({ front }: { front: boolean }) {
  try {
    if (!front) throw new Error('front.ts does not stand before it: "node --import <folder of the source>/front.ts".');
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
  const { TREDE_STORAGE, storageBucket } = env();
  if (!storageBucket) await checkFolder('TREDE_STORAGE', TREDE_STORAGE);
  await checkFolder(storageBucket ? 'TREDE_STAGING' : 'TREDE_STORAGE', stagingFolder());
  const [login] = await processDatabase()
    .execute<{ powerful: boolean; owns: boolean; able: boolean }>(sql`
      select rolsuper or rolbypassrls as powerful,
        exists (select from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
          and pg_has_role(session_user, relowner, 'member')) as owns,
        (select count(*) = 5 from pg_roles as other where other.rolname in
          ('trede_insurer', 'trede_supervisor', 'trede_administrator', 'trede_system', 'trede_visitor')
          and pg_has_role(session_user, other.oid, 'member')) as able
      from pg_roles where rolname = session_user`)
    .catch((error) => {
      throw explainConnection(error, 'DATABASE_URL');
    });
  if (login?.powerful || login?.owns) {
    throw new Error(
      'DATABASE_URL logs in as an owner or a superuser; use the login trede_app, which row security holds.',
    );
  }
  if (!login?.able) throw new Error('DATABASE_URL logs in as one that has no part in the roles of db/roles.sql.');
}

/** What an operator should know before the first upload; null when there is nothing to say. */
export function warnAtStart(): string | null {
  return processScanner()
    ? null
    : 'TREDE_CLAMD is not set: without a malware scanner no file can be uploaded as evidence.';
}

async function checkFolder(name: string, folder: string) {
  try {
    // Not with its parents: Node never comes back from that in a folder such as /proc, and a wrong path is no wish.
    await mkdir(/*turbopackIgnore: true*/ folder).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await access(/*turbopackIgnore: true*/ folder, constants.W_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    throw new Error(`${name} is not a folder that this process can write in${code}.`);
  }
}
