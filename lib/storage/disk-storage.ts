import 'server-only';
import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { Storage } from './storage.ts';

/** Storage in a folder. A file appears under its key whole or not at all: it is written aside, synced and renamed. */
export function diskStorage(folder: string): Storage {
  const pathOf = (key: string) => {
    if (!/^[0-9a-f-]+(\/[0-9a-f-]+)*$/.test(key)) throw new Error('not a storage key');
    return join(/*turbopackIgnore: true*/ folder, key);
  };
  return {
    async write(key, source) {
      const path = pathOf(key);
      const aside = join(/*turbopackIgnore: true*/ folder, 'incoming', randomUUID());
      await Promise.all([dirname(path), dirname(aside)].map((parent) => mkdir(parent, { recursive: true })));
      try {
        const file = await open(aside, 'wx', 0o600);
        try {
          for await (const part of source) await writeWhole(file, part);
          await file.sync();
        } finally {
          await file.close();
        }
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
  };
}

async function writeWhole(file: FileHandle, part: Uint8Array) {
  for (let done = 0; done < part.length; ) {
    const { bytesWritten } = await file.write(part, done);
    done += bytesWritten;
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
