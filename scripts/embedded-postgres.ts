import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { copyBinaries, own, type RunAs, runAs } from './embedded-binaries.ts';
import { freePort } from './free-port.ts';

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
  const as = (program: string, args: string[]) =>
    run(join(binaries, 'bin', program), args, { ...user, env: { ...process.env, LC_ALL: 'C' }, cwd: folder });

  if (!existsSync(data)) await makeCluster(folder, user, as);
  const password = readFileSync(join(folder, 'password'), 'utf8');
  const stop = async () => {
    if (existsSync(join(data, 'postmaster.pid'))) await as('pg_ctl', ['stop', '-D', data, '-m', 'fast', '-w']);
  };

  const wasRunning = await isRunning(data);
  if (!wasRunning) await startServer(join(binaries, 'bin', 'pg_ctl'), data, folder, settings, user);
  const port = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[3]);
  return { host: '127.0.0.1', port, password, stop, wasRunning };
}

function makeFolder(folder: string, user: RunAs) {
  mkdirSync(folder, { recursive: true });
  const owner = statSync(folder).uid;
  // The folder can lie where everybody may write: one that somebody else made is not trusted.
  if (owner !== process.getuid?.() && owner !== user.uid) throw new Error(`${folder} belongs to another user.`);
  own(folder, user);
}

/** Made beside its place and moved there when it is complete: one that was broken off is made again. */
async function makeCluster(folder: string, user: RunAs, as: (program: string, args: string[]) => Promise<unknown>) {
  const staging = join(folder, 'data.new');
  rmSync(staging, { recursive: true, force: true });
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  own(passwordFile, user);
  const settings = ['-U', 'postgres', '-E', 'UTF8', '--locale=C', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  await as('initdb', ['-D', staging, ...settings]);
  renameSync(staging, join(folder, 'data'));
}

/**
 * Whether the server of this folder runs and can be asked something. The file of one that was killed stays, and its
 * number may by now be another program's, which pg_ctl and PostgreSQL would both take for the server: then the file goes.
 */
async function isRunning(data: string): Promise<boolean> {
  const file = join(data, 'postmaster.pid');
  while (existsSync(file)) {
    const lines = readFileSync(file, 'utf8').split('\n');
    if (!(await commandOf(lines[0] ?? '')).includes(data)) rmSync(file, { force: true });
    else if (lines[7]?.trim() === 'ready') return true;
    else await setTimeout(100);
  }
  return false;
}

async function commandOf(pid: string): Promise<string> {
  const linux = join('/proc', pid, 'cmdline');
  if (process.platform === 'linux') return existsSync(linux) ? readFileSync(linux, 'utf8') : '';
  return run('ps', ['-p', pid, '-o', 'command=']).then(
    ({ stdout }) => stdout,
    () => '',
  );
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
  const log = join(folder, 'postgres.log');
  await new Promise<void>((resolve, reject) => {
    const args = ['start', '-D', data, '-w', '-t', '60', '-l', log, '-o', flags.join(' ')];
    const env = { ...process.env, LC_ALL: 'C' };
    const child = spawn(pgCtl, args, { ...user, cwd: folder, env, stdio: 'ignore', detached: true });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`PostgreSQL did not start; ${log} says why.`)),
    );
  });
}

/** The same port each time where it is free, so that tools keep their address; else whichever is free. */
async function choosePort(folder: string): Promise<number> {
  const preferred = 20_000 + (createHash('sha256').update(folder).digest().readUInt16BE(0) % 20_000);
  return (await freePort(preferred, '127.0.0.1')) ?? (await freePort(0, '127.0.0.1')) ?? preferred;
}
