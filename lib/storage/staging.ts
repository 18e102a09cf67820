import 'server-only';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFile } from './write-file.ts';

/** A file that lies in staging, whole. */
export type StagedFile = {
  size: number;
  /** The bytes from `start` up to and not including `end`; fewer when the file ends before. */
  readRange(start: number, end: number): Promise<Uint8Array>;
  /** All bytes from the beginning, each time that it is called. */
  parts(): AsyncIterable<Uint8Array>;
};

/**
 * Where files lie while they come in and are looked at. A folder that all processes share, so that an upload that was
 * broken off goes on through another process. Names are UUIDs; beside a name the resumable upload keeps its own notes.
 */
export type Staging = {
  folder: string;
  /** Takes in what `source` yields. Nothing remains under `name` when the source or the disk fails. */
  receive(name: string, source: AsyncIterable<Uint8Array>): Promise<void>;
  /** null when nothing lies under `name`. */
  find(name: string): Promise<StagedFile | null>;
  /** Succeeds also when there is nothing under `name`. */
  remove(name: string): Promise<void>;
  /** Every name that lies there, with the instant at which something of it last changed. */
  list(): Promise<{ name: string; changedAt: Date }[]>;
};

/** Where storage in a folder lets files come in. */
export const incomingIn = (folder: string) => join(/*turbopackIgnore: true*/ folder, 'incoming');

export function diskStaging(folder: string): Staging {
  const pathOf = (name: string) => {
    if (!/^[0-9a-f-]{36}$/.test(name)) throw new Error('not a name in staging');
    return join(/*turbopackIgnore: true*/ folder, name);
  };
  return {
    folder,
    async receive(name, source) {
      await mkdir(folder, { recursive: true });
      try {
        await writeFile(pathOf(name), source);
      } catch (error) {
        await rm(pathOf(name), { force: true });
        throw error;
      }
    },
    async find(name) {
      const path = pathOf(name);
      const found = await stat(path).catch(() => null);
      return found && { size: found.size, readRange: rangeOf(path), parts: () => partsOf(path) };
    },
    async remove(name) {
      await Promise.all([rm(pathOf(name), { force: true }), rm(`${pathOf(name)}.json`, { force: true })]);
    },
    async list() {
      const names = await readdir(folder).catch(() => []);
      const known = new Set(names.map((name) => name.replace(/\.json$/, '')).filter((name) => name.length === 36));
      const found = await Promise.all(
        [...known].map(async (name) => {
          const both = [pathOf(name), `${pathOf(name)}.json`].map((path) =>
            // Else the build takes the folder for one of the project's, and packs everything.
            stat(/* turbopackIgnore: true */ path).catch(() => null),
          );
          const times = (await Promise.all(both)).map((one) => one?.mtimeMs ?? 0);
          return { name, changedAt: new Date(Math.max(...times)) };
        }),
      );
      return found;
    },
  };
}

const rangeOf = (path: string) => async (start: number, end: number) => {
  const file = await open(path, 'r');
  try {
    const bytes = new Uint8Array(Math.max(0, end - start));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

const sweepEvery = 8 * 1024 * 1024;

/** Gives back the memory of what was read as it goes: left to itself V8 lets some 64 MB of it lie before it looks. */
async function* partsOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    for (let read = 0, swept = 0; ; ) {
      const bytes = new Uint8Array(256 * 1024);
      const { bytesRead } = await file.read(bytes, 0, bytes.length);
      if (bytesRead === 0) return;
      yield bytes.subarray(0, bytesRead);
      read += bytesRead;
      if (read - swept < sweepEvery) continue;
      globalThis.gc?.({ type: 'minor', execution: 'sync' });
      swept = read;
    }
  } finally {
    await file.close();
  }
}
