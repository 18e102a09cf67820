import { frontMark } from '#lib/auth/doors.ts';
import { openStraightDoor } from '#lib/auth/straight-door.ts';

/** Runs once when the server starts. The edge runtime, which Next also compiles this for, serves nothing here. */
export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startOrEnd } = await import('#services/check-start.ts');
    await startOrEnd({ front: frontMark in globalThis });
    const { startJobs } = await import('#lib/jobs/start-jobs.ts');
    await startJobs();
    // While developing, Next takes answers too: it loads again what was changed.
    if (process.env.NODE_ENV === 'development') return;
    const { saveByScript } = await import('./app/api/assessments/[assessmentId]/answers/save-by-script.ts');
    openStraightDoor(saveByScript);
  }
}
