import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';

/** Fifty connections that stay open, as those of fifty browsers do. */
const agent = new Agent({ keepAlive: true, maxSockets: 50, scheduling: 'fifo' });

const crowdAgent = new Agent({ keepAlive: true, maxSockets: 2_000 });

type Entry = { exportedName?: string; workers: Record<string, { exportedName?: string }> };

/**
 * The id under which a build knows a server action.
 * @param next the `.next` folder of the build
 * @throws Error when the build has no action of that name
 */
export function actionId(next: string, name: string): string {
  const file = join(next, 'server', 'server-reference-manifest.json');
  const { node } = JSON.parse(readFileSync(file, 'utf8')) as { node: Record<string, Entry> };
  const names = ([, entry]: [string, Entry]) => [
    entry.exportedName,
    ...Object.values(entry.workers).map((w) => w.exportedName),
  ];
  const [id] = Object.entries(node).find((entry) => names(entry).includes(name)) ?? [];
  if (!id) throw new Error(`${file} has no action ${name}`);
  return id;
}

type Post = {
  origin: string;
  path: string;
  cookie?: string;
  /** On as many connections as it takes, as a crowd comes. */
  crowd?: boolean;
};

/** The server would not take it now. */
export class Refused extends Error {
  readonly retryAfter: string | undefined;
  constructor(retryAfter: string | undefined) {
    super('the server refused');
    this.retryAfter = retryAfter;
  }
}

const boundary = '----TredeBenchBoundary';

/** Posts a form to a server action as the browser's fetch does, in React's encoding, and gives the body of the answer. */
export function postAction({
  action,
  fields,
  ...to
}: Post & { action: string; fields: Readonly<Record<string, string>> }): Promise<string> {
  return post(to, formOf(fields), {
    accept: 'text/x-component',
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'next-action': action,
  });
}

/** Posts data to a route handler as a script of the page does, and gives the body of the answer. */
export function postJson({ data, ...to }: Post & { data: unknown }): Promise<string> {
  return post(to, JSON.stringify(data), { accept: '*/*', 'content-type': 'application/json' });
}

function post({ origin, path, cookie = '', crowd = false }: Post, body: string, more: Record<string, string>) {
  const headers = { ...more, 'content-length': Buffer.byteLength(body), origin, cookie };
  const options = { method: 'POST', agent: crowd ? crowdAgent : agent, headers };
  return new Promise<string>((resolve, reject) => {
    const sent = request(`${origin}${path}`, options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) return resolve(text);
        if (response.statusCode === 503) return reject(new Refused(response.headers['retry-after']));
        reject(new Error(`${path} answered ${response.statusCode}: ${text.slice(0, 200)}`));
      });
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function formOf(fields: Readonly<Record<string, string>>): string {
  const parts = [...Object.entries(fields).map(([name, value]) => [`_1_${name}`, value]), ['0', '["$K1"]']];
  return `${parts
    .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')}--${boundary}--\r\n`;
}

export function closeConnections() {
  agent.destroy();
  crowdAgent.destroy();
}
