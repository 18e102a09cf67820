import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diskStorage } from '#lib/storage/disk-storage.ts';
import { s3Storage } from '#lib/storage/s3-storage.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { inParts } from '../support/made-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'trede-storage-'));
const bucket = 'trede-bewijs';
const server = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  // It reckons the signature of a prefix with a slash wrongly.
  allowMismatchedSignatures: true,
  directory: join(folder, 's3'),
  configureBuckets: [{ name: bucket }],
});
const made: Record<string, Storage> = {};

beforeAll(async () => {
  const { port } = await server.run();
  const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
  const endpoint = `http://127.0.0.1:${port}`;
  made.disk = diskStorage(join(folder, 'disk'));
  made.s3 = s3Storage({ bucket, prefix: 'bewijs/', region: 'us-east-1', endpoint, credentials });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What any storage promises: the same for a folder and for a bucket. */
describe.each(['disk', 's3'])('storage on %s', (kind) => {
  const storage = () => made[kind] as Storage;
  const newKey = () => `${randomUUID()}/${randomUUID()}/${randomUUID()}`;
  const all = async (key: string) => Buffer.from(await new Response(await storage().read(key)).arrayBuffer());
  const keys = async () => {
    const found: string[] = [];
    for await (const { key } of storage().list()) found.push(key);
    return found;
  };

  it.each([0, 1, 300_000, 20_000_000])('gives back a file of %i bytes as it was', async (size) => {
    const key = newKey();
    const bytes = Buffer.alloc(size, 'Een regel uit een dossier.\n');
    await storage().write(key, inParts(bytes, 100_000));
    expect((await all(key)).equals(bytes)).toBe(true);
  });

  it('gives a range, and no more than there is', async () => {
    const key = newKey();
    await storage().write(key, inParts('0123456789'));
    const range = async (start: number, end: number) =>
      Buffer.from(await storage().readRange(key, start, end)).toString();
    expect(await range(2, 5)).toBe('234');
    expect(await range(8, 100)).toBe('89');
    expect(await range(10, 20)).toBe('');
    expect(await range(4, 4)).toBe('');
  });

  it('keeps nothing of a file that breaks off on its way in', async () => {
    const key = newKey();
    async function* broken() {
      yield Buffer.alloc(9_000_000);
      throw new Error('broken off');
    }
    await expect(storage().write(key, broken())).rejects.toThrow('broken off');
    await expect(storage().read(key)).rejects.toThrow();
    expect(await keys()).not.toContain(key);
  });

  it('has nothing under a key that was removed, twice over', async () => {
    const key = newKey();
    await storage().write(key, inParts('weg'));
    await storage().remove(key);
    await storage().remove(key);
    await expect(storage().read(key)).rejects.toThrow();
    await expect(storage().readRange(key, 0, 1)).rejects.toThrow();
  });

  it('lists what it keeps, with when it came', async () => {
    const key = newKey();
    const before = Date.now() - 5_000;
    await storage().write(key, inParts('hier'));
    for await (const found of storage().list()) {
      if (found.key === key) expect(found.changedAt.getTime()).toBeGreaterThan(before);
    }
    expect(await keys()).toContain(key);
  });

  it('takes no key that leads elsewhere', async () => {
    for (const key of ['../x', '/etc/passwd', 'a/../../b', 'A', 'a b', '']) {
      await expect(storage().write(key, inParts('x')), key).rejects.toThrow('not a storage key');
    }
  });
});
