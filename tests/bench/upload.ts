import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import type { BenchServer } from './server.ts';

const boundary = '----TredeBenchUpload';
const line = 'Een regel uit een dossier, zoals er duizenden in een bestand staan.\n';
const piece = Buffer.from(line.repeat(1000));
/** The most that one file may hold, less a little. */
const fileBytes = 99 * 1024 * 1024;

type Upload = { server: BenchServer; path: string; cookie: string; criterionKey: string; megabytes: number };

/**
 * Uploads text of that size, as files in one posted form, and watches the server meanwhile.
 * @returns by how many bytes the server grew at its largest
 */
export function growthInUpload({ server, path, cookie, criterionKey, megabytes }: Upload): Promise<number> {
  const headers = { origin: server.origin, cookie };
  return growthWhile(server, () => post(`${server.origin}${path}`, headers, formOf(criterionKey, megabytes)));
}

/** The same by parts, as script sends it: one file, begun, sent in parts of 8 MB, and made evidence. */
export function growthInParts({ server, path, cookie, criterionKey, megabytes }: Upload): Promise<number> {
  return growthWhile(server, async () => {
    const evidenceId = randomUUID();
    const size = megabytes * 1024 * 1024;
    const headers = { origin: server.origin, cookie, 'tus-resumable': '1.0.0' };
    const metadata = Object.entries({ evidenceId, fileName: 'dossiers.txt', criterionKey })
      .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
      .join(',');
    const ask = async (at: string, method: string, more: Record<string, string>, body?: BodyInit) => {
      const answer = await fetch(`${server.origin}${path}${at}`, { method, headers: { ...headers, ...more }, body });
      if (!answer.ok) throw new Error(`${method} ${path}${at} answered ${answer.status}: ${await answer.text()}`);
    };
    await ask('', 'POST', { 'upload-length': String(size), 'upload-metadata': metadata });
    const part = Buffer.alloc(8 * 1024 * 1024, line);
    for (let offset = 0; offset < size; offset += part.length) {
      const more = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
      await ask(`/${evidenceId}`, 'PATCH', more, new Blob([part.subarray(0, size - offset)]));
    }
    await ask(`/${evidenceId}`, 'POST', { 'content-type': 'application/json' }, '{}');
  });
}

async function growthWhile(server: BenchServer, work: () => Promise<unknown>): Promise<number> {
  const before = (await server.memory()).resident;
  let largest = before;
  let sending = true;
  const watching = (async () => {
    while (sending) {
      largest = Math.max(largest, await server.resident());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  try {
    await work();
  } finally {
    sending = false;
    await watching;
  }
  return largest - before;
}

function* formOf(criterionKey: string, megabytes: number): Generator<Buffer> {
  const part = (head: string) => Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`);
  const end = Buffer.from('\r\n');
  const fields = { criterionKey, evidenceId: randomUUID(), aboutPeriod: '2026', locator: 'p. 1' };
  for (const [name, value] of Object.entries(fields)) {
    yield Buffer.concat([part(`name="${name}"`), Buffer.from(value), end]);
  }
  let left = megabytes * 1024 * 1024;
  for (let file = 1; left > 0; file++) {
    yield part(`name="file"; filename="dossier-${file}.txt"`);
    for (let sent = 0; sent < Math.min(left, fileBytes); sent += piece.length) yield piece;
    yield end;
    left -= fileBytes;
  }
  yield Buffer.from(`--${boundary}--\r\n`);
}

function post(url: string, headers: Record<string, string>, body: Iterable<Buffer>): Promise<void> {
  const type = `multipart/form-data; boundary=${boundary}`;
  return new Promise((resolve, reject) => {
    const all = { ...headers, accept: 'application/json', 'content-type': type };
    const sent = request(url, { method: 'POST', headers: all }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${url} answered ${response.statusCode}: ${text}`)),
      );
    });
    sent.on('error', reject);
    Readable.from(body).pipe(sent);
  });
}
