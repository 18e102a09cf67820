import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { type Cluster, startEmbeddedPostgres } from './embedded-postgres.ts';
import { namesDatabase, readOwnerUrl, readSettings, type Settings } from './settings.ts';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export type Platform = { settings: Settings; ownerUrl: string; embedded: Cluster | null };

/**
 * Completes what the environment leaves out, so that the house runs on a bare machine: an embedded database, secrets
 * made once, a folder for files. With a database named in the environment it adds nothing that an operator has to decide.
 * @throws Error with one line that names the setting
 */
export async function preparePlatform(say: (line: string) => void): Promise<Platform> {
  if (namesDatabase(process.env)) {
    const ownerUrl = readOwnerUrl(process.env);
    return { settings: readSettings(process.env, null), ownerUrl, embedded: null };
  }
  const secrets = keptSecrets();
  const atHand = { secret: secrets.session, actionsKey: secrets.actions, storage: ownStorage() };
  // Wrong settings are said before anything is started.
  readSettings(process.env, { ...atHand, databaseUrl: 'postgres://embedded' });
  say('Starting the embedded PostgreSQL…');
  const embedded = await startEmbeddedPostgres(clusterFolder());
  const { appUrl, ownerUrl } = await prepareDatabase(embedded, 'trede', secrets);
  return { settings: readSettings(process.env, { ...atHand, databaseUrl: appUrl }), ownerUrl, embedded };
}

export const clusterFolder = () => join(stateFolder(), 'postgres');

/** The folder for files that belongs to the embedded database. */
export const ownStorage = () => join(stateFolder(), 'files');

/** Where the embedded database, secrets and files live: with the project, or outside it where root's server must read. */
export function stateFolder(): string {
  if (process.env.TREDE_STATE) return process.env.TREDE_STATE;
  const name = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const isRoot = process.getuid?.() === 0;
  const folder = isRoot ? `/var/tmp/trede-${name}` : join(root, '.data');
  mkdirSync(folder, { recursive: true });
  // Everybody may write in /var/tmp: a folder that somebody else put there is not trusted.
  if (isRoot && lstatSync(folder).uid !== 0) throw new Error(`${folder} belongs to another user.`);
  chmodSync(folder, isRoot ? 0o711 : 0o700);
  return folder;
}

type Secrets = { session: string; actions: string; app: string; owner: string };

/** Random secrets, made on the first start and kept in a file that only its owner can read. */
export function keptSecrets(): Secrets {
  const file = join(stateFolder(), 'secrets.json');
  if (!existsSync(file)) {
    const random = () => randomBytes(32).toString('base64');
    const made: Secrets = {
      session: random(),
      actions: random(),
      app: randomBytes(24).toString('hex'),
      owner: randomBytes(24).toString('hex'),
    };
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, JSON.stringify(made), { mode: 0o600 });
    try {
      // Whole or not at all, and of two that start at once the first.
      linkSync(aside, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(aside, { force: true });
    }
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
