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
  action: string;
  cookie?: string;
  /** The arguments before the form: `useActionState` puts its last result there. */
  before?: readonly unknown[];
  fields: Readonly<Record<string, string>>;
  /** As a form that the browser posts, or as the data that a script of the page hands to the action. */
  as: 'form' | 'data';
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

/** Posts to a server action as the browser's fetch does, in React's encoding, and gives the body of the answer. */
export function postAction({
  origin,
  path,
  action,
  cookie = '',
  before = [],
  fields,
  as,
  crowd = false,
}: Post): Promise<string> {
  const body = as === 'data' ? JSON.stringify([...before, fields]) : formOf(before, fields);
  const headers = {
    accept: 'text/x-component',
    'content-type': as === 'data' ? 'text/plain;charset=UTF-8' : `multipart/form-data; boundary=${boundary}`,
    'content-length': Buffer.byteLength(body),
    'next-action': action,
    origin,
    cookie,
  };
  return new Promise((resolve, reject) => {
    const sent = request(
      `${origin}${path}`,
      { method: 'POST', agent: crowd ? crowdAgent : agent, headers },
      (response) => {
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
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function formOf(before: readonly unknown[], fields: Readonly<Record<string, string>>): string {
  const parts = [
    ...Object.entries(fields).map(([name, value]) => [`_1_${name}`, value]),
    ['0', JSON.stringify([...before, '$K1'])],
  ];
  return `${parts
    .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')}--${boundary}--\r\n`;
}

export function closeConnections() {
  agent.destroy();
  crowdAgent.destroy();
}
