import 'server-only';
import { Logger, type Runner, run } from 'graphile-worker';
import { env } from '#lib/env.ts';
import { requestSystemContext } from '#services/context.ts';
import { evidenceMeans } from '#services/evidence/evidence-context.ts';
import { scanEvidence, scanEvidenceInput } from '#services/evidence/scan-evidence.ts';
import { sweepStorage, sweepUploads } from '#services/evidence/sweep-uploads.ts';
import { sweepQueue } from '#services/reviews/sweep-queue.ts';

const held = globalThis as { tredeJobs?: Promise<Runner> };

/** What waits in the queue by name, each a verb in the platform's own name. A job that fails is tried again, ever later. */
const taskList = {
  scan_evidence: (payload: unknown) => scanEvidence(jobContext(), scanEvidenceInput.parse(payload)),
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
  held.tredeJobs ??= run({
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

const jobContext = () => ({ ...requestSystemContext(), ...evidenceMeans() });

function asSystem(url: string): string {
  const address = new URL(url);
  address.searchParams.set('options', '-c role=trede_system');
  return address.href;
}
