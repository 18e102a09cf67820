import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { openDatabase } from '#db/client.ts';
import { seedDemo } from '#db/seed/demo.ts';
import { diskStorage } from '#lib/storage/disk-storage.ts';
import { startEmbeddedPostgres } from '../../scripts/embedded-postgres.ts';
import { fillFrameworks } from '../../scripts/fill.ts';
import { migrate } from '../../scripts/migrate.ts';
import { prepareDatabase, stateFolder } from '../../scripts/platform.ts';

/** How the processes of one test run reach the cluster; handed down in the environment. */
export type TestCluster = {
  host: string;
  port: number;
  adminPassword: string;
  appPassword: string;
  ownerPassword: string;
};

export const emptyTemplate = 'trede_empty';
export const seededTemplate = 'trede_seeded';

type ClusterOptions = {
  seeded: boolean;
  /** Keeps what it acknowledged, as in real use; a test has no need for it. */
  durable?: boolean;
  /** Clusters that may run at once live in folders of their own. */
  name?: string;
};

/**
 * Starts the cluster of the tests, apart from the one that `npm start` serves, and makes its template databases.
 * Nothing in it outlives a run, so it does not wait for the disk unless it has to be durable.
 */
export async function startTestCluster({
  seeded,
  durable = false,
  name = 'tests',
}: ClusterOptions): Promise<{ cluster: TestCluster; stop: () => Promise<void> }> {
  const folder = join(stateFolder(), name);
  mkdirSync(folder, { recursive: true });
  const embedded = await startEmbeddedPostgres(
    join(folder, 'postgres'),
    durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  );
  const passwords = { app: randomBytes(12).toString('hex'), owner: randomBytes(12).toString('hex') };
  const cluster = {
    host: embedded.host,
    port: embedded.port,
    adminPassword: embedded.password,
    appPassword: passwords.app,
    ownerPassword: passwords.owner,
  };
  await dropLeftovers(cluster);
  const { ownerUrl, appUrl } = await prepareDatabase(embedded, emptyTemplate, passwords);
  await migrate(ownerUrl);
  await withDatabase(appUrl, (db) => fillFrameworks(db));
  if (seeded) {
    await withAdmin(cluster, (admin) =>
      admin.unsafe(`create database ${seededTemplate} template ${emptyTemplate} owner trede_owner`),
    );
    await withDatabase(databaseUrl(cluster, seededTemplate), (db) =>
      seedDemo(db, diskStorage(seededFiles()), new Date()),
    );
  }
  return { cluster, stop: embedded.stop };
}

/** The files that the filled database points at; a server of tests works on a copy. */
export const seededFiles = () => join(stateFolder(), 'tests', 'files');

/** The application's login on one database of the cluster. */
export function databaseUrl(cluster: TestCluster, name: string): string {
  return `postgres://trede_app:${cluster.appPassword}@${cluster.host}:${cluster.port}/${name}`;
}

/** The plain owner's login: for tests about what even the owner cannot see. */
export function ownerUrl(cluster: TestCluster, name: string): string {
  return `postgres://trede_owner:${cluster.ownerPassword}@${cluster.host}:${cluster.port}/${name}`;
}

/** The administrator of the cluster, whom row security does not hold: for tests that plant and look behind it. */
export function superuserUrl(cluster: TestCluster, name: string): string {
  return `postgres://postgres:${cluster.adminPassword}@${cluster.host}:${cluster.port}/${name}`;
}

/** A copy of a template, in some 25 ms; the caller drops it. */
export async function copyTemplate(cluster: TestCluster, template: string): Promise<string> {
  const name = `trede_t_${randomBytes(8).toString('hex')}`;
  await withAdmin(cluster, (admin) =>
    admin.unsafe(`create database ${name} template ${template} owner trede_owner strategy file_copy`),
  );
  return name;
}

export function dropCopy(cluster: TestCluster, name: string) {
  return withAdmin(cluster, (admin) => admin.unsafe(`drop database if exists ${name} with (force)`));
}

async function dropLeftovers(cluster: TestCluster) {
  await withAdmin(cluster, async (admin) => {
    const names = await admin<{ datname: string }[]>`select datname from pg_database where datname like 'trede%'`;
    for (const { datname } of names) await admin.unsafe(`drop database ${datname} with (force)`);
  });
}

async function withAdmin<T>(cluster: TestCluster, work: (admin: postgres.Sql) => Promise<T>): Promise<T> {
  const { host, port, adminPassword: password } = cluster;
  const admin = postgres({ host, port, password, user: 'postgres', database: 'postgres', max: 1, onnotice: () => {} });
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

async function withDatabase(url: string, work: (db: ReturnType<typeof openDatabase>['database']) => Promise<unknown>) {
  const { database, close } = openDatabase(url, 4);
  try {
    await work(database);
  } finally {
    await close();
  }
}
