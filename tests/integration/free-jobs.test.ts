import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Locks, openLocks } from '#db/locks.ts';
import { freeJobs } from '#services/jobs/free-jobs.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
let owner: postgres.Sql;
let [here, there]: Locks[] = [];

beforeAll(() => {
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  [here, there] = [openLocks(database.url), openLocks(database.url)];
});
afterAll(() => Promise.all([owner.end(), here?.close()]));

/** A job that a process took so many seconds ago. */
async function taken(by: string, seconds: number) {
  const [job] = await owner`select id from graphile_worker.add_job('sweep_uploads')`;
  await owner`update graphile_worker._private_jobs set locked_by = ${by},
    locked_at = now() - make_interval(secs => ${seconds}) where id = ${job?.id}`;
}
const free = () => freeJobs({ db: database.db, now: new Date(), locks: here as Locks });
const takers = async () =>
  (
    await owner`select distinct locked_by from graphile_worker._private_jobs where locked_by is not null order by 1`
  ).map(({ locked_by }) => locked_by);

it('gives back what a process took that is gone, and nothing of one that is alive or has only just begun', async () => {
  await Promise.all([here?.mark('pool-here'), there?.mark('pool-there')]);
  await taken('pool-here', 3_600);
  await taken('pool-there', 3_600);
  await taken('pool-gone', 60);
  await taken('pool-new', 1);
  expect(await free()).toEqual(['pool-gone']);
  expect(await takers()).toEqual(['pool-here', 'pool-new', 'pool-there']);
  // A process that ends takes its mark with it, however it ends.
  await there?.close();
  expect(await free()).toEqual(['pool-there']);
  expect(await takers()).toEqual(['pool-here', 'pool-new']);
});
