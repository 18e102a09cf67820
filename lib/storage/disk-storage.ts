import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { incomingIn } from './staging.ts';
import { checkKey, type Storage } from './storage.ts';
import { writeFile } from './write-file.ts';

/** Storage in a folder. A file appears under its key whole or not at all: it is written aside, synced and renamed. */
export function diskStorage(folder: string): Storage {
  const pathOf = (key: string) => join(/*turbopackIgnore: true*/ folder, checkKey(key));
  return {
    async write(key, source) {
      const path = pathOf(key);
      const aside = join(/*turbopackIgnore: true*/ incomingIn(folder), randomUUID());
      await Promise.all([dirname(path), dirname(aside)].map((parent) => mkdir(parent, { recursive: true })));
      try {
        await writeFile(aside, source, { durable: true });
        await rename(aside, path);
        await syncFolder(dirname(path));
      } catch (error) {
        await rm(aside, { force: true });
        throw error;
      }
    },
    async readRange(key, start, end) {
      const file = await open(pathOf(key), 'r');
      try {
        const bytes = new Uint8Array(Math.max(0, end - start));
        const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
        return bytes.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    async read(key) {
      const file = await open(pathOf(key), 'r');
      return Readable.toWeb(file.createReadStream({ highWaterMark: 256 * 1024 })) as ReadableStream<Uint8Array>;
    },
    async remove(key) {
      await rm(pathOf(key), { force: true });
    },
    list: () => filesBelow(folder, folder),
  };
}

/** Folder by folder, so that no more than one folder's names are held at once. What is on its way in is not kept yet. */
async function* filesBelow(root: string, folder: string): AsyncGenerator<{ key: string; changedAt: Date }> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(/*turbopackIgnore: true*/ folder, entry.name);
    if (path === incomingIn(root)) continue;
    if (entry.isDirectory()) yield* filesBelow(root, path);
    else {
      const found = await stat(path).catch(() => null);
      if (found) yield { key: relative(root, path).split(sep).join('/'), changedAt: found.mtime };
    }
  }
}

/** A rename is durable once the folder that holds the name is. */
async function syncFolder(path: string) {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
