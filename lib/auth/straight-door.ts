import type { IncomingMessage, ServerResponse } from 'node:http';

/** Says what comes of an answer that a script posted. */
type SaveByScript = (posted: { assessmentId: string; body: string; cookie: string | undefined }) => Promise<unknown>;

const mark = Symbol.for('trede.save-by-script');
const held = globalThis as { [mark]?: SaveByScript };

/** Bytes of the longest explanation, were each of its characters written as an escape, with room for the rest. */
const most = 128 * 1024;

/** From now on `goStraight` takes the answers that scripts of this site post. */
export function openStraightDoor(saveByScript: SaveByScript) {
  held[mark] = saveByScript;
}

/**
 * Takes an answer that a script posted past Next, whose part would cost more than all else that a save does.
 * @returns false for any other request, and before Next has started
 */
export function goStraight(request: IncomingMessage, response: ServerResponse): boolean {
  const saveByScript = held[mark];
  if (!saveByScript || request.method !== 'POST') return false;
  const [, assessmentId] = /^\/api\/assessments\/([^/?]+)\/answers$/.exec(request.url ?? '') ?? [];
  if (!assessmentId) return false;
  bodyOf(request)
    .then((body) => saveByScript({ assessmentId, body, cookie: request.headers.cookie }))
    .then((result) => answer(response, 200, result))
    .catch((error) => {
      // Who went away before the end of what they sent gets no answer, and broke nothing.
      if (!request.complete) return;
      console.error(error);
      answer(response, 500, null);
    });
  return true;
}

function answer(response: ServerResponse, status: number, result: unknown) {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(result));
}

/** Nothing of a body that is too long, or does not say how long it is. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  if (!(Number(request.headers['content-length'] ?? Number.NaN) <= most)) return '';
  return new Promise((resolve, reject) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => resolve(body));
    request.on('error', reject);
  });
}
