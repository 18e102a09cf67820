import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { type Cluster, startEmbeddedPostgres } from './embedded-postgres.ts';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export type Settings = Record<string, string>;
export type Platform = { settings: Settings; ownerUrl: string; embedded: Cluster | null };

/**
 * Completes what the environment leaves out, so that the house runs on a bare machine: an embedded database, secrets
 * made once, a folder for files. With DATABASE_URL given it adds nothing that an operator has to decide.
 * @throws Error with one line that names the setting
 */
export async function preparePlatform(say: (line: string) => void): Promise<Platform> {
  const port = process.env.PORT || '3000';
  const origin = process.env.TREDE_ORIGIN || `http://localhost:${port}`;
  if (process.env.DATABASE_URL) {
    const ownerUrl = process.env.DATABASE_OWNER_URL;
    if (!ownerUrl) throw new Error('DATABASE_OWNER_URL is missing: the login that owns the tables and migrates them.');
    return { settings: { PORT: port, TREDE_ORIGIN: origin }, ownerUrl, embedded: null };
  }
  say('Starting the embedded PostgreSQL…');
  const embedded = await startEmbeddedPostgres(join(stateFolder(), 'postgres'));
  const { appUrl, ownerUrl } = await prepareDatabase(embedded, 'trede', keptSecrets());
  const secrets = keptSecrets();
  return {
    settings: {
      PORT: port,
      TREDE_ORIGIN: origin,
      DATABASE_URL: appUrl,
      TREDE_SECRET: process.env.TREDE_SECRET || secrets.session,
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY || secrets.actions,
      TREDE_STORAGE: process.env.TREDE_STORAGE || join(stateFolder(), 'files'),
      TREDE_DEMO: process.env.TREDE_DEMO || '1',
    },
    ownerUrl,
    embedded,
  };
}

/** Where the embedded database, secrets and files live: with the project, or outside it where root's server must read. */
export function stateFolder(): string {
  if (process.env.TREDE_STATE) return process.env.TREDE_STATE;
  const name = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const folder = process.getuid?.() === 0 ? `/var/tmp/trede-${name}` : join(root, '.data');
  mkdirSync(folder, { recursive: true });
  return folder;
}

type Secrets = { session: string; actions: string; app: string; owner: string };

/** Random secrets, made on the first start and kept in a file that only its owner can read. */
function keptSecrets(): Secrets {
  const file = join(stateFolder(), 'secrets.json');
  if (!existsSync(file)) {
    const random = () => randomBytes(32).toString('base64');
    const made: Secrets = {
      session: random(),
      actions: random(),
      app: randomBytes(24).toString('hex'),
      owner: randomBytes(24).toString('hex'),
    };
    writeFileSync(file, JSON.stringify(made), { mode: 0o600, flag: 'wx' });
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
}

/** Roles, and one database that the plain owner owns. Safe to repeat. */
export async function prepareDatabase(cluster: Cluster, name: string, passwords: { app: string; owner: string }) {
  const admin = postgres({ ...cluster, user: 'postgres', database: 'postgres', max: 1, onnotice: () => {} });
  try {
    await admin.unsafe(readFileSync(join(root, 'db', 'roles.sql'), 'utf8'));
    await admin.unsafe(
      `alter role trede_app password '${passwords.app}'; alter role trede_owner password '${passwords.owner}'`,
    );
    const [found] = await admin`select from pg_database where datname = ${name}`;
    if (!found) await admin.unsafe(`create database "${name}" owner trede_owner`);
  } finally {
    await admin.end();
  }
  const url = (user: string, password: string) =>
    `postgres://${user}:${password}@${cluster.host}:${cluster.port}/${name}`;
  return { appUrl: url('trede_app', passwords.app), ownerUrl: url('trede_owner', passwords.owner) };
}
