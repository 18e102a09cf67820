import 'server-only';
import { type Locks, openLocks } from '#db/locks.ts';
import { env } from '#lib/env.ts';

const held = globalThis as { tredeLocks?: Locks };

/** The locks of this process. Kept on the global object: a development server loads this file again on a change. */
export function processLocks(): Locks {
  held.tredeLocks ??= openLocks(env().DATABASE_URL);
  return held.tredeLocks;
}
