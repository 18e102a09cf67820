import 'server-only';
import { openProcessListener, processDatabase } from '#db/client.ts';
import { env } from '#lib/env.ts';
import { makeStreamHub, type StreamHub } from './stream-hub.ts';

const held = globalThis as { tredeStreams?: StreamHub };

/** The open pages of this process. Kept on the global object, as its pool is. */
export function processHub(): StreamHub {
  held.tredeStreams ??= endWithProcess(
    makeStreamHub({
      db: processDatabase(),
      listen: openProcessListener,
      idleMinutes: env().TREDE_SESSION_IDLE_MINUTES,
    }),
  );
  return held.tredeStreams;
}

/** A server that is asked to end waits for its open answers; these would never end by themselves. */
function endWithProcess(hub: StreamHub): StreamHub {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void hub.close().catch(() => {}));
  return hub;
}
