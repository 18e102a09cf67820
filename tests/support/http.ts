import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What came of a request: who asks may come in, is told to sign in, or is refused. */
export type Outcome = 'allowed' | 'signed_out' | 'refused';

type Sending = { session?: string | null; headers?: Record<string, string>; method?: string; body?: BodyInit };

/** A request as a stranger makes it: without a browser, nothing followed, nothing added. */
export function send(url: string, { session, headers = {}, method = 'GET', body }: Sending = {}) {
  return fetch(url, {
    method,
    body,
    redirect: 'manual',
    headers: { ...(session ? { cookie: `trede=${session}` } : {}), ...headers },
  });
}

type Posting = {
  session?: string | null;
  form?: Record<string, string>;
  previous?: unknown;
  headers?: Record<string, string>;
};

/**
 * Posts to a server action the way React does: the arguments in part 0, the form as part 1. An action without a previous
 * state takes the form alone.
 */
export function postAction(url: string, action: string, { session, form = {}, previous, headers = {} }: Posting) {
  const body = new FormData();
  for (const [name, value] of Object.entries(form)) body.append(`_1_${name}`, value);
  body.append('0', JSON.stringify(previous === undefined ? ['$K1'] : [previous, '$K1']));
  return send(url, {
    session,
    method: 'POST',
    body,
    headers: { origin: new URL(url).origin, 'next-action': action, ...headers },
  });
}

/** What the answer of an action says. A redirect is what follows on success. */
export async function outcomeOfAction(answer: Response): Promise<Outcome> {
  if (answer.status === 303 || answer.headers.has('x-action-redirect')) return 'allowed';
  const text = await answer.text();
  const [, code] = /"status":"refused","code":"(\w+)"/.exec(text) ?? [];
  if (code === 'signed_out') return 'signed_out';
  if (code === 'not_found' || code === 'forbidden') return 'refused';
  if (code !== undefined || /"status":"done"/.test(text)) return 'allowed';
  throw new Error(`no result in the answer of the action (${answer.status}): ${text.slice(0, 500)}`);
}

/** What the answer of a page or a route handler says. */
export function outcomeOfPage(answer: Response): Outcome {
  if (answer.status === 401 || /^[^?]*\/sign-in/.test(answer.headers.get('location') ?? '')) return 'signed_out';
  if (answer.status === 404 || answer.status === 403) return 'refused';
  // A page that leads on to another one was asked, and had read what it is about.
  if (answer.status === 200 || answer.status === 307 || answer.status === 409) return 'allowed';
  throw new Error(`an unexpected answer: ${answer.status}`);
}

/** The server actions of the build: the id of each, by file and name as `tests/doors.ts` writes them. */
export function builtActions(): ReadonlyMap<string, string> {
  const file = join(process.cwd(), '.next', 'server', 'server-reference-manifest.json');
  const { node } = JSON.parse(readFileSync(file, 'utf8')) as {
    node: Record<string, { filename: string; exportedName: string }>;
  };
  return new Map(Object.entries(node).map(([id, { filename, exportedName }]) => [`${filename}#${exportedName}`, id]));
}
