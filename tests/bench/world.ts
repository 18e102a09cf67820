import { eq } from 'drizzle-orm';
import postgres from 'postgres';
import { type Database, openDatabase } from '#db/client.ts';
import { publications } from '#db/schema/publications.ts';
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
import { demoPerson } from '../support/demo.ts';
import { as } from '../support/insurer-work.ts';
import { type Insurer, makeInsurers } from '../support/insurers.ts';
import { writeSession } from '../support/session.ts';

/** A database as in use, which keeps what it acknowledges, with one insurer a worker, each signed in. */
export type World = {
  cluster: TestCluster;
  url: string;
  db: Database;
  insurers: readonly (Insurer & { cookie: string })[];
  /** An outcome of the demo that is known, and somebody who may read it. */
  outcome: { publicationId: string; cookie: string };
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
  const signIn = async (email: string) => `trede=${await writeSession(db, email)}`;
  const made = await makeInsurers(db, { framework, count, now: new Date(), roles: ['contributor'] });
  const insurers = await Promise.all(
    made.map(async (insurer) => ({ ...insurer, cookie: await signIn(insurer.person.email) })),
  );
  const reader = 'signatory@stroomdal.example';
  const { organisationId } = await demoPerson(db, reader);
  const [published] = await as(db, 'trede_supervisor', (tx) =>
    tx.select({ id: publications.id }).from(publications).where(eq(publications.organisationId, organisationId)),
  );
  if (!published) throw new Error('the demo has no outcome');
  const outcome = { publicationId: published.id, cookie: await signIn(reader) };
  const stop = async () => {
    await close();
    await dropCopy(cluster, name);
    await stopCluster();
  };
  return { cluster, url, db, insurers, outcome, stop };
}

async function addBareTable(url: string) {
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  await owner`create table bare_answers (id uuid primary key, text text not null, version integer not null)`;
  await owner`grant select, insert, update on bare_answers to trede_app`;
  await owner.end();
}
