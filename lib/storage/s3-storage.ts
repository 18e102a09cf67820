import 'server-only';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { checkKey, type Storage, type StoredKey } from './storage.ts';

export type S3Settings = {
  bucket: string;
  /** Stands before every key; empty for none. */
  prefix: string;
  region: string;
  /** Of a server other than Amazon's; buckets are then part of the path. */
  endpoint?: string | undefined;
  /** Absent: found as the SDK finds them, such as the role of the machine. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
};

const partSize = 8 * 1024 * 1024;

/** Storage in a bucket. An object appears under its key whole or not at all; a part upload that breaks off is undone. */
export function s3Storage(settings: S3Settings): Storage {
  const { bucket: Bucket, prefix } = settings;
  // Loaded when it is first used: a house that keeps its files on disk never pays for it.
  let opened: Promise<{ sdk: typeof import('@aws-sdk/client-s3'); client: S3Client }> | undefined;
  const s3 = () => {
    opened ??= import('@aws-sdk/client-s3').then((sdk) => ({
      sdk,
      client: new sdk.S3Client(clientSettings(settings)),
    }));
    return opened;
  };
  const at = (key: string) => ({ Bucket, Key: prefix + checkKey(key) });
  return {
    async write(key, source) {
      const [{ client }, { Upload }] = await Promise.all([s3(), import('@aws-sdk/lib-storage')]);
      const watched = watch(source);
      const Body = Readable.from(watched.parts, { objectMode: false, highWaterMark: partSize });
      try {
        await new Upload({ client, params: { ...at(key), Body }, partSize, queueSize: 1 }).done();
      } catch (error) {
        // What went wrong with the source matters more than what the store says to being told to forget it.
        throw watched.failure() ?? error;
      }
    },
    async readRange(key, start, end) {
      const { sdk, client } = await s3();
      if (end <= start) return new Uint8Array();
      try {
        const { Body } = await client.send(
          new sdk.GetObjectCommand({ ...at(key), Range: `bytes=${start}-${end - 1}` }),
        );
        return (await Body?.transformToByteArray()) ?? new Uint8Array();
      } catch (error) {
        // What begins behind the end holds nothing.
        if ((error as { name?: string }).name === 'InvalidRange') return new Uint8Array();
        throw error;
      }
    },
    async read(key) {
      const { sdk, client } = await s3();
      const { Body } = await client.send(new sdk.GetObjectCommand(at(key)));
      if (!Body) throw new Error('the storage gave no bytes');
      return Body.transformToWebStream() as ReadableStream<Uint8Array>;
    },
    async remove(key) {
      const { sdk, client } = await s3();
      await client.send(new sdk.DeleteObjectCommand(at(key)));
    },
    async *list(): AsyncGenerator<StoredKey> {
      const { sdk, client } = await s3();
      for (let ContinuationToken: string | undefined; ; ) {
        const listed = await client.send(new sdk.ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken }));
        for (const { Key = '', LastModified } of listed.Contents ?? []) {
          yield { key: Key.slice(prefix.length), changedAt: LastModified ?? new Date() };
        }
        ContinuationToken = listed.NextContinuationToken;
        if (!ContinuationToken) return;
      }
    },
  };
}

function watch(source: AsyncIterable<Uint8Array>) {
  let failure: unknown;
  async function* parts() {
    try {
      yield* source;
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  return { parts: parts(), failure: () => failure };
}

function clientSettings({ region, endpoint, credentials }: S3Settings) {
  return {
    region,
    maxAttempts: 3,
    // Servers other than Amazon's know no checksums behind the body.
    requestChecksumCalculation: 'WHEN_REQUIRED' as const,
    responseChecksumValidation: 'WHEN_REQUIRED' as const,
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(credentials && { credentials }),
  };
}
