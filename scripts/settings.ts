import { resolve } from 'node:path';
import { readEnv } from '#lib/env.ts';

type Given = Record<string, string | undefined>;

/** What the house has at hand where the environment names nothing: its own database, secrets and folder. */
export type AtHand = { databaseUrl: string; secret: string; actionsKey: string; storage: string };

export type Settings = {
  PORT: string;
  TREDE_ORIGIN: string;
  DATABASE_URL: string;
  TREDE_SECRET: string;
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: string;
  TREDE_STORAGE: string;
  TREDE_STAGING?: string;
  TREDE_DEMO: '0' | '1';
};

/** Whether the environment names a database, so that no embedded one is started. */
export const namesDatabase = (given: Given) => Boolean(given.DATABASE_URL || given.DATABASE_OWNER_URL);

/**
 * The settings of the server, each checked before anything is started.
 * @param atHand null on a database that the environment names: there nothing is added that an operator has to decide
 * @throws Error with one line that names the first setting that is missing or wrong, never with a value
 */
export function readSettings(given: Given, atHand: AtHand | null): Settings {
  const port = readPort(given);
  const env = readEnv({
    ...given,
    DATABASE_URL: atHand?.databaseUrl ?? given.DATABASE_URL,
    TREDE_SECRET: given.TREDE_SECRET || atHand?.secret,
    TREDE_ORIGIN: given.TREDE_ORIGIN || `http://localhost:${port}`,
    TREDE_STORAGE: given.TREDE_STORAGE || atHand?.storage,
    TREDE_DEMO: given.TREDE_DEMO || (atHand ? '1' : '0'),
  });
  return {
    PORT: port,
    TREDE_ORIGIN: env.TREDE_ORIGIN,
    DATABASE_URL: env.DATABASE_URL,
    TREDE_SECRET: env.TREDE_SECRET,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: readActionsKey(given.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY || atHand?.actionsKey),
    TREDE_STORAGE: env.storageBucket ? env.TREDE_STORAGE : resolve(env.TREDE_STORAGE),
    ...(env.TREDE_STAGING && { TREDE_STAGING: resolve(env.TREDE_STAGING) }),
    TREDE_DEMO: env.TREDE_DEMO ? '1' : '0',
  };
}

/** Where the server listens; 3000 unless the environment says otherwise. */
export function readPort(given: Given): string {
  const port = given.PORT || '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new Error('PORT is not valid: a number from 1 to 65535');
  }
  return port;
}

/** The login that migrates, where the environment names a database. */
export function readOwnerUrl(given: Given): string {
  const url = given.DATABASE_OWNER_URL;
  const wanted = 'postgres://trede_owner:PASSWORD@HOST/DATABASE, the login that owns the tables and migrates them';
  if (!url) throw new Error(`DATABASE_OWNER_URL is missing: ${wanted}`);
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new Error(`DATABASE_OWNER_URL is not valid: ${wanted}`);
  }
  return url;
}

/** What seals server actions is fixed at build: processes that differ would refuse each other's forms. */
function readActionsKey(key: string | undefined): string {
  const wanted = '32 random bytes in base64, the same for every process, such as "openssl rand -base64 32" prints';
  if (!key) throw new Error(`NEXT_SERVER_ACTIONS_ENCRYPTION_KEY is missing: ${wanted}`);
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== 32 || bytes.toString('base64') !== key) {
    throw new Error(`NEXT_SERVER_ACTIONS_ENCRYPTION_KEY is not valid: ${wanted}`);
  }
  return key;
}
