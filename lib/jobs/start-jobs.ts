import 'server-only';
import { EventEmitter } from 'node:events';
import { Logger, type Runner, run, type WorkerEvents } from 'graphile-worker';
import { env } from '#lib/env.ts';
import { requestSystemContext } from '#services/context.ts';
import { evidenceMeans } from '#services/evidence/evidence-context.ts';
import { scanEvidence, scanEvidenceInput } from '#services/evidence/scan-evidence.ts';
import { sweepStorage, sweepUploads } from '#services/evidence/sweep-uploads.ts';
import { freeJobs } from '#services/jobs/free-jobs.ts';
import { processLocks } from '#services/process-locks.ts';
import { publishPlanned, publishPlannedInput } from '#services/publications/publish-planned.ts';
import { sweepQueue } from '#services/reviews/sweep-queue.ts';

const held = globalThis as { tredeJobs?: Promise<Runner> };

/** What waits in the queue by name, each a verb in the platform's own name. A job that fails is tried again, ever later. */
const taskList = {
  scan_evidence: (payload: unknown) => scanEvidence(jobContext(), scanEvidenceInput.parse(payload)),
  publish_planned: (payload: unknown) => publishPlanned(jobContext(), publishPlannedInput.parse(payload)),
  sweep_uploads: async () => void (await sweepUploads(jobContext())),
  sweep_queue: async () => void (await sweepQueue(jobContext())),
  sweep_storage: async () => void (await sweepStorage(jobContext())),
};

const timetable = '* * * * * sweep_queue\n17 * * * * sweep_uploads\n43 2 * * * sweep_storage';

/**
 * Takes jobs out of the queue in this process, as every process does: PostgreSQL sees to it that each is taken once.
 * @param url a login that can take on the role `trede_system`
 */
export function startJobs(url = env().DATABASE_URL): Promise<Runner> {
  if (held.tredeJobs) return held.tredeJobs;
  const events: WorkerEvents = new EventEmitter();
  const takers: string[] = [];
  events.on('pool:create', ({ workerPool }) => {
    takers.push(workerPool.id);
    void watch(takers);
  });
  setInterval(() => void watch(takers), watchEveryMs).unref();
  held.tredeJobs = run({
    events,
    connectionString: asSystem(url),
    taskList,
    crontab: timetable,
    concurrency: 2,
    maxPoolSize: 3,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => {
      if (level === 'error' || level === 'warning') console.error(message);
    }),
  }).then((runner) => {
    // What is under way is given back to the queue, so that another process takes it up at once.
    process.once('SIGTERM', () => void runner.stop());
    return runner;
  });
  return held.tredeJobs;
}

const watchEveryMs = 30_000;

/** Says that this process is alive, under the names by which it takes jobs, and frees those of processes that are not. */
async function watch(takers: readonly string[]) {
  try {
    const locks = processLocks();
    for (const name of takers) await locks.mark(name);
    await freeJobs({ ...requestSystemContext(), locks });
  } catch (error) {
    // The database may be away for a while; the next turn comes.
    console.error(error);
  }
}

const jobContext = () => ({ ...requestSystemContext(), ...evidenceMeans() });

function asSystem(url: string): string {
  const address = new URL(url);
  address.searchParams.set('options', '-c role=trede_system');
  return address.href;
}
