import 'server-only';
import { env } from '#lib/env.ts';
import { diskStorage } from './disk-storage.ts';
import type { Storage } from './storage.ts';

/** The storage that this process was started with. */
export const processStorage = (): Storage => diskStorage(env().TREDE_STORAGE);
