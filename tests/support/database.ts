import { afterAll, beforeAll } from 'vitest';
import { type Database, openDatabase } from '#db/client.ts';
import {
  copyTemplate,
  databaseUrl,
  dropCopy,
  emptyTemplate,
  ownerUrl,
  seededTemplate,
  superuserUrl,
  type TestCluster,
} from './cluster.ts';

export type TestDatabase = { db: Database; url: string; ownerUrl: string; superuserUrl: string };

/**
 * Gives a test file a database of its own, as `trede_app` sees it: migrated, with the frameworks that ship, and empty,
 * or filled with the demo.
 */
export function testDatabase(template: 'empty' | 'seeded' = 'empty'): TestDatabase {
  const cluster = JSON.parse(process.env.TREDE_TEST_CLUSTER ?? 'null') as TestCluster;
  const held = {} as TestDatabase;
  let undo = async () => {};
  beforeAll(async () => {
    const name = await copyTemplate(cluster, template === 'empty' ? emptyTemplate : seededTemplate);
    const url = databaseUrl(cluster, name);
    const { database, close } = openDatabase(url, 8);
    Object.assign(held, {
      db: database,
      url,
      ownerUrl: ownerUrl(cluster, name),
      superuserUrl: superuserUrl(cluster, name),
    });
    undo = async () => {
      await close();
      await dropCopy(cluster, name);
    };
  });
  afterAll(() => undo());
  return held;
}
