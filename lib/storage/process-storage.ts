import 'server-only';
import { env } from '#lib/env.ts';
import { diskStorage } from './disk-storage.ts';
import { s3Storage } from './s3-storage.ts';
import { diskStaging, incomingIn, type Staging } from './staging.ts';
import type { Storage } from './storage.ts';

const held = globalThis as { tredeBucket?: Storage };

/** The storage that this process was started with. */
export function processStorage(): Storage {
  const { TREDE_STORAGE: place, storageBucket } = env();
  if (!storageBucket) return diskStorage(place);
  held.tredeBucket ??= s3Storage(storageBucket);
  return held.tredeBucket;
}

/** Where files come in: beside the files that are kept, or where the environment says when those are in a bucket. */
export const processStaging = (): Staging => diskStaging(stagingFolder());

export const stagingFolder = (): string => env().TREDE_STAGING || incomingIn(env().TREDE_STORAGE);
