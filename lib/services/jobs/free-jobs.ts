import 'server-only';
import { sql } from 'drizzle-orm';
import type { Locks } from '#db/locks.ts';
import { inSystemTransaction, type SystemContext } from '#services/context.ts';

/** How long a job has to be taken before anybody asks whether its process still is: it may only just have begun. */
const graceSeconds = 30;

/**
 * Gives jobs back to the queue that a process took which is no more, so that another takes them up. A process stands marked
 * under the name by which it takes jobs. By itself the queue waits four hours, in case the process is only slow.
 * @returns the names of those that are gone
 */
export async function freeJobs({ db, now, locks }: SystemContext & { locks: Locks }): Promise<string[]> {
  const takers = await inSystemTransaction({ db, now }, (tx) =>
    tx.execute<{ name: string }>(sql`select distinct locked_by as name from graphile_worker._private_jobs
      where locked_by is not null and locked_at < now() - make_interval(secs => ${graceSeconds})`),
  );
  const gone: string[] = [];
  for (const { name } of takers) if (!(await locks.isMarked(name))) gone.push(name);
  if (gone.length > 0) {
    const names = sql.join(
      gone.map((name) => sql`${name}`),
      sql`, `,
    );
    await inSystemTransaction({ db, now }, (tx) =>
      tx.execute(sql`select graphile_worker.force_unlock_workers(array[${names}]::text[])`),
    );
  }
  return gone;
}
