import type { ServerResponse } from 'node:http';
import type { kindOf } from './doors.ts';

/**
 * Counts the requests in flight in this process, and says of each new one whether it may come in. Who is refused at once
 * can try again; if all came in, everybody would wait longer and longer, and nothing would be done in time.
 * @param most requests in flight; files have as many places of their own, since they travel as slowly as a line is, and
 * streams, which only wait, twenty times as many
 */
export function admission(most: number) {
  const inFlight = { work: 0, file: 0, stream: 0 };
  return (kind: ReturnType<typeof kindOf>, response: ServerResponse): boolean => {
    if (kind === 'static' || kind === 'health') return true;
    if (inFlight[kind] >= (kind === 'stream' ? 20 * most : most)) return false;
    inFlight[kind]++;
    // Comes once, whether the answer was sent whole or the connection went away.
    response.once('close', () => {
      inFlight[kind]--;
    });
    return true;
  };
}
