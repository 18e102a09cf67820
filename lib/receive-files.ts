import 'server-only';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import Busboy from '@fastify/busboy';
import { readableText } from '#services/readable-text.ts';

/** One file of a posted form, with the fields that stood before it. `body` must be read or left before the next comes. */
export type PostedFile = {
  /** Its place among the files of the form, from 0. */
  place: number;
  fileName: string;
  fields: Readonly<Record<string, string>>;
  body: AsyncIterable<Uint8Array>;
};

const limits = { fieldNameSize: 100, fieldSize: 10_000, fields: 20, files: 20, parts: 40, headerPairs: 50 };
const sweepEvery = 2 * 1024 * 1024;

/**
 * Reads a posted multipart form as it arrives: each file is handed on while its bytes come in, one after another, and
 * none is ever held whole. What `take` leaves unread is passed over.
 * @returns what `take` gave for each file, in order, and the fields of the whole form; nothing when the request is no such form
 */
export async function receiveFiles<T>(
  request: Request,
  take: (file: PostedFile) => Promise<T>,
): Promise<{ results: T[]; fields: Readonly<Record<string, string>> }> {
  const type = request.headers.get('content-type') ?? '';
  if (!request.body || !/^multipart\/form-data;/i.test(type)) return { results: [], fields: {} };
  const fields: Record<string, string> = {};
  const results: Promise<T>[] = [];
  const form = new Busboy({ headers: { 'content-type': type }, limits });
  form.on('field', (name, value) => {
    fields[name] = readableText(value);
  });
  form.on('file', (_field, stream, fileName) => {
    // A browser sends an empty part when no file was chosen.
    if (!fileName) return stream.resume();
    const place = results.length;
    // When the sender goes away, the stream never ends by itself; its reader must not wait for ever.
    form.once('error', (error) => stream.destroy(error as Error));
    const body = stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    results.push(take({ place, fileName, fields: { ...fields }, body }).finally(() => stream.resume()));
  });
  const finished = new Promise<void>((resolve, reject) => {
    form.once('finish', resolve);
    form.once('error', reject);
  });
  // A file that fails while the form still comes in is reported at the end, with the others.
  const source = Readable.fromWeb(request.body as import('node:stream/web').ReadableStream);
  source.once('error', (error) => form.destroy(error));
  sweepBehind(source);
  source.pipe(form);
  await finished;
  return { results: await Promise.all(results), fields };
}

/**
 * Gives back the memory of what has been read. Left to itself V8 lets some 64 MB of read bytes lie before it looks, for
 * each a buffer that is dead as soon as it is written. Where the server was not started with `--expose-gc` that remains so.
 */
function sweepBehind(source: Readable) {
  let read = 0;
  source.on('data', (part: Uint8Array) => {
    read += part.length;
    if (read < sweepEvery) return;
    read = 0;
    globalThis.gc?.({ type: 'minor', execution: 'sync' });
  });
}

/** A key for the file in this place, made from the key of its form: posting the form again gives the same keys. */
export function keyInPlace(key: string, place: number): string {
  if (place === 0) return key;
  const hex = createHash('sha256').update(`${key}:${place}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
