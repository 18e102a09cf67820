import { rmSync } from 'node:fs';
import postgres from 'postgres';
import { checkStart, warnAtStart } from '#services/check-start.ts';
import { explainConnection } from '#services/explain-connection.ts';
import { fillDemo, fillFrameworks, holdsDemo, isEmpty } from './fill.ts';
import { migrate } from './migrate.ts';
import { ownStorage, type Platform } from './platform.ts';

/**
 * Brings a database to where it can be served: the newest schema, the frameworks that ship, and the demo where it
 * belongs. Launchers that start at once go one after another. Afterwards this process has the platform's settings.
 * @throws Error with one line that names the setting that is wrong
 */
export async function readyDatabase({ settings, ownerUrl, embedded }: Platform, say: (line: string) => void) {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await checkOwner(owner);
    await owner`select pg_advisory_lock(hashtext('trede start'))`;
    const [{ halfFilled } = {}] = await owner`select to_regclass(${unfinished}) is not null as "halfFilled"`;
    if (halfFilled) {
      if (!embedded) throw new Error('the demo in this database was broken off half way; give it an empty database.');
      say('The demo was broken off half way; making it anew…');
      await owner.unsafe(
        'drop schema if exists graphile_worker cascade; drop schema public, drizzle cascade; create schema public; grant usage on schema public to public',
      );
      if (settings.TREDE_STORAGE === ownStorage()) rmSync(ownStorage(), { recursive: true, force: true });
    }
    say('Bringing the database to the newest schema…');
    await migrate(ownerUrl);
    Object.assign(process.env, settings);
    await checkStart();
    const warning = warnAtStart();
    if (warning) say(warning);
    await fillFrameworks();
    if (settings.TREDE_DEMO === '1' && (await isEmpty())) {
      say('Making the demo: made-up insurers, answers and reviews…');
      await owner.unsafe(`create table ${unfinished} ()`);
      await fillDemo();
      await owner.unsafe(`drop table ${unfinished}`);
    }
    // On a database that holds something else, nothing speaks of a demo.
    if (settings.TREDE_DEMO === '1' && !(await holdsDemo())) process.env.TREDE_DEMO = settings.TREDE_DEMO = '0';
  } finally {
    await owner.end({ timeout: 5 });
  }
}

/** There while the demo is being made, beside the list of migrations: what holds it is never served. */
const unfinished = 'drizzle.demo_unfinished';

async function checkOwner(owner: postgres.Sql) {
  const [found] = await owner`
    select current_setting('server_version_num')::int as version,
      has_database_privilege(current_database(), 'create') as creates,
      (select count(*) = 6 from pg_roles where rolname in
        ('trede_insurer', 'trede_supervisor', 'trede_administrator', 'trede_system', 'trede_visitor',
         'trede_app')) as roles`.catch((error) => {
    throw explainConnection(error, 'DATABASE_OWNER_URL');
  });
  if (found?.version < 160_000) throw new Error('DATABASE_OWNER_URL names a PostgreSQL older than 16.');
  if (!found?.roles)
    throw new Error('a role is missing: run db/roles.sql as the administrator of the cluster; it is safe to repeat.');
  if (!found.creates) throw new Error('DATABASE_OWNER_URL logs in as one that does not own this database.');
}
