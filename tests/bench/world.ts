import postgres from 'postgres';
import { type Database, openDatabase } from '#db/client.ts';
import type { Framework } from '#domain/framework.ts';
import {
  copyTemplate,
  databaseUrl,
  dropCopy,
  ownerUrl,
  seededTemplate,
  startTestCluster,
  type TestCluster,
} from '../support/cluster.ts';
import { type Insurer, makeInsurers } from '../support/insurers.ts';
import { writeSession } from '../support/session.ts';

/** A database as in use, which keeps what it acknowledges, with one insurer a worker, each signed in. */
export type World = {
  cluster: TestCluster;
  url: string;
  db: Database;
  insurers: readonly (Insurer & { cookie: string })[];
  stop: () => Promise<void>;
};

/**
 * Starts the cluster and fills a copy of the demo: insurers in one round with every criterion answered, and the table of
 * the bare save.
 * @param count of insurers
 */
export async function startWorld(framework: Framework, count: number): Promise<World> {
  const { cluster, stop: stopCluster } = await startTestCluster({ seeded: true, durable: true, name: 'bench' });
  const name = await copyTemplate(cluster, seededTemplate);
  const url = databaseUrl(cluster, name);
  await addBareTable(ownerUrl(cluster, name));
  const { database: db, close } = openDatabase(url, 20);
  const made = await makeInsurers(db, { framework, count, now: new Date(), roles: ['contributor'] });
  const insurers = await Promise.all(
    made.map(async (insurer) => ({ ...insurer, cookie: `trede=${await writeSession(db, insurer.person.email)}` })),
  );
  const stop = async () => {
    await close();
    await dropCopy(cluster, name);
    await stopCluster();
  };
  return { cluster, url, db, insurers, stop };
}

async function addBareTable(url: string) {
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  await owner`create table bare_answers (id uuid primary key, text text not null, version integer not null)`;
  await owner`grant select, insert, update on bare_answers to trede_app`;
  await owner.end();
}
