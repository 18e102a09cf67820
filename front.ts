import { randomBytes } from 'node:crypto';
import { type IncomingMessage, Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { admission } from './lib/auth/admission.ts';
import {
  fixedHeaders,
  frontMark,
  isInternal,
  isOpenData,
  isReadable,
  kindOf,
  mayWrite,
  policyFor,
} from './lib/auth/doors.ts';
import { patience } from './lib/auth/patience.ts';
import { goStraight } from './lib/auth/straight-door.ts';
import en from './lib/i18n/messages/en/front.json' with { type: 'json' };
import nl from './lib/i18n/messages/nl/front.json' with { type: 'json' };

// Loaded into the server's process before Next (`node --import`): every request passes here first, whatever its path.
// It holds that nothing is written from another origin, that no script runs which this answer did not name, and that
// what is too much is refused at once. It never decides who may do what; the verbs do.
const admit = admission(Number(process.env.TREDE_REQUESTS ?? 100));
const { ready, watch } = patience({ headers: 20_000, body: 30_000, stillness: 60_000 });
const emit: (this: Server, event: string, ...given: unknown[]) => boolean = Server.prototype.emit;
const developing = process.env.NODE_ENV === 'development';

Server.prototype.emit = function (this: Server, event: string, ...given: unknown[]): boolean {
  if (event === 'listening') ready(this);
  if (event === 'request') {
    const [request, response] = given as [IncomingMessage, ServerResponse];
    if (!letThrough(request, response) || goStraight(request, response)) return true;
  }
  if (event === 'upgrade' && !developing) {
    // Nothing here speaks another protocol; only the development server does.
    (given[1] as Duplex).destroy();
    return true;
  }
  return emit.call(this, event, ...given);
};
Object.assign(globalThis, { [frontMark]: true });

/** Readies the request for Next and its answer for the browser, or answers it. */
function letThrough(request: IncomingMessage, response: ServerResponse): boolean {
  const { method, headers, url = '' } = request;
  for (const [name, value] of fixedHeaders) response.setHeader(name, value);
  if (!mayWrite(method, headers.origin)) return refuse(response, 403, 'This request did not come from this site.');
  if (!isReadable(url)) return refuse(response, 400, 'This address cannot be read.');
  const kind = kindOf(url);
  if (!admit(kind, response)) return refuse(response, 503, `${nl.busy}\n${en.busy}`);
  watch(kind, request, response);
  for (const name in headers) if (isInternal(name)) delete headers[name];
  const nonce = randomBytes(16).toString('base64');
  const policy = policyFor(url, nonce);
  // Next reads the nonce for its scripts from the policy, and the root layout that for its own from beside it.
  headers['content-security-policy'] = policy;
  headers['x-nonce'] = nonce;
  headers['x-path'] = withoutMark(url);
  response.setHeader('content-security-policy', policy);
  // What an action answers to script goes out whole: Next writes its head, each of its parts and its end on their own.
  if (headers['next-action'] !== undefined) response.socket?.cork();
  // Who answers says how long a static file or open data keeps, unless that is found said already.
  if (kind !== 'static' && !isOpenData(url)) response.setHeader('cache-control', 'private, no-store');
  return true;
}

function refuse(response: ServerResponse, status: number, text: string): false {
  response.statusCode = status;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  if (status === 503) response.setHeader('retry-after', '5');
  response.end(`${text}\n`);
  return false;
}

/** The path as a person would come back to it: without the mark that Next puts on what its script asks for. */
function withoutMark(url: string): string {
  return url.includes('_rsc=') ? url.replace(/([?&])_rsc=[^&]*&?/, '$1').replace(/[?&]$/, '') : url;
}
