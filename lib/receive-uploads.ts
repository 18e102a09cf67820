import 'server-only';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import type { Release } from '#db/locks.ts';
import { env } from '#lib/env.ts';
import { stagingFolder } from '#lib/storage/process-storage.ts';
import { processLocks } from '#services/process-locks.ts';
import { readableText } from '#services/readable-text.ts';

const held = globalThis as { tredeUploads?: Server };

/**
 * Takes in a request of the tus protocol, version 1.0.0: bytes go to the staging folder, under the key that the request
 * names. It asks nobody for permission: the route has done so.
 */
export async function receiveUpload(request: Request): Promise<Response> {
  const response = await uploadServer().handleWeb(request);
  // What has been read is given back at once: left to itself V8 lets some 64 MB of it lie before it looks.
  globalThis.gc?.({ type: 'minor', execution: 'sync' });
  return response;
}

/** What a client says of a file when it begins: names in clear, values in base64 of UTF-8. */
export function readMetadata(header: string | null): Record<string, string> {
  const pairs = (header ?? '').split(',').map((pair) => pair.trim().split(' '));
  return Object.fromEntries(
    pairs.map(([name = '', value = '']) => [name, readableText(Buffer.from(value, 'base64').toString('utf8'))]),
  );
}

function uploadServer(): Server {
  held.tredeUploads ??= new Server({
    path: '/api/assessments',
    datastore: new FileStore({ directory: stagingFolder() }),
    namingFunction: (_request, metadata) => metadata?.evidenceId ?? '',
    generateUrl: (request, { id }) => `${new URL(request.url).pathname}/${id}`,
    maxSize: () => env().TREDE_FILE_LIMIT,
    allowedOrigins: [env().TREDE_ORIGIN],
    locker: { newLock: (id) => newLock(id) },
    // Whoever is asked to make way gets this long to write down what it has.
    lockDrainTimeout: 500,
  });
  return held.tredeUploads;
}

function newLock(id: string) {
  let release: Release | null = null;
  return {
    async lock(signal: AbortSignal, cancel: () => void) {
      release = await processLocks().hold(id, cancel, { signal });
      if (!release) throw { status_code: 423, body: '{"code":"busy"}' };
    },
    async unlock() {
      await release?.();
    },
  };
}
