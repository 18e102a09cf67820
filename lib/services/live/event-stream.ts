import 'server-only';
import type { OpenedPresence } from './open-presence.ts';
import type { Stream, StreamEvent, StreamHub } from './stream-hub.ts';

/** Milliseconds after which a browser comes back when the connection is lost. */
const comeBackAfter = 3_000;
/** Events that a browser may lag behind; one that reads nothing must not fill the memory. */
const mostUnread = 200;

/** The body of server-sent events of one page, which ends with the browser's wish, the hub's, or the connection. */
export function eventStream(
  hub: StreamHub,
  of: Pick<Stream, 'presenceId' | 'assessmentId' | 'userId' | 'sessionId'>,
  { colleagues, stale }: OpenedPresence,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let gone = false;
  let end = () => {};
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let ended = false;
        const write = (text: string) => {
          if (ended) return;
          if ((controller.desiredSize ?? 0) < -mostUnread) return end();
          controller.enqueue(encoder.encode(text));
        };
        const stream: Stream = { ...of, tell: (event) => write(lineOf(event)), end: () => end() };
        end = () => {
          if (ended) return;
          ended = true;
          hub.leave(stream);
          // A browser that went has closed it already.
          if (!gone) controller.close();
        };
        if (signal.aborted) return end();
        signal.addEventListener('abort', end);
        write(`retry: ${comeBackAfter}\n\n`);
        write(lineOf({ kind: 'present', data: [...colleagues] }));
        if (stale) write(lineOf({ kind: 'missed', data: null }));
        void hub.join(stream);
      },
      cancel: () => {
        gone = true;
        end();
      },
    },
    { highWaterMark: 1 },
  );
}

function lineOf({ kind, data }: StreamEvent): string {
  return kind === 'beat' ? ':\n\n' : `event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;
}
