import { join } from 'node:path';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { startEmbeddedPostgres } from '../../scripts/embedded-postgres.ts';
import { migrate } from '../../scripts/migrate.ts';
import { stateFolder } from '../../scripts/platform.ts';
import { readyDatabase } from '../../scripts/ready-database.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
const settings = (over: Record<string, string> = {}) => ({
  PORT: '3000',
  TREDE_ORIGIN: 'http://localhost:3000',
  DATABASE_URL: database.url,
  TREDE_SECRET: 's'.repeat(40),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: '',
  TREDE_STORAGE: join(stateFolder(), 'tests'),
  TREDE_DEMO: '0' as const,
  ...over,
});
const ready = (ownerUrl: string, over: Record<string, string> = {}) =>
  readyDatabase({ settings: settings(over), ownerUrl, embedded: null }, () => {});

describe('what comes before serving', () => {
  it('migrates once, also when two start at the same moment', async () => {
    await Promise.all([migrate(database.ownerUrl), migrate(database.ownerUrl)]);
    const owner = postgres(database.ownerUrl, { max: 1 });
    const rows = await owner`select hash from drizzle.__drizzle_migrations`;
    await owner.end();
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(rows.length);
  });

  it('finds the database of this folder running, and leaves it as it is', async () => {
    const found = await startEmbeddedPostgres(join(stateFolder(), 'tests', 'postgres'));
    expect(found.wasRunning).toBe(true);
    expect(database.url).toContain(`:${found.port}/`);
  });

  it.each([
    ['a wrong password', (url: string) => url.replace(/:[^:@]+@/, ':wrong@')],
    ['a database that is not there', (url: string) => url.replace(/[^/]+$/, 'nothing')],
    ['an address where nothing answers', (url: string) => url.replace(/:\d+\//, ':1/')],
  ])('names the owner of the tables when the trouble is %s', async (_what, wrong) => {
    await expect(ready(wrong(database.ownerUrl))).rejects.toThrow('DATABASE_OWNER_URL is not right');
  });

  it('refuses a database in which the demo was broken off, and says so', async () => {
    const owner = postgres(database.ownerUrl, { max: 1 });
    await owner`create table drizzle.demo_unfinished ()`;
    await expect(ready(database.ownerUrl)).rejects.toThrow('broken off half way');
    await owner`drop table drizzle.demo_unfinished`;
    await owner.end();
  });
});
