import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root } from '../../scripts/platform.ts';

/** The heap with what hangs on it, and all that the process holds, in bytes. */
export type Memory = { heap: number; resident: number };

export type BenchServer = {
  origin: string;
  /** After a collection. */
  memory: () => Promise<Memory>;
  /** As it stands, in bytes. */
  resident: () => Promise<number>;
  /** Milliseconds of a processor that the process has used. */
  processor: () => Promise<number>;
  stop: () => Promise<void>;
};

type Start = {
  /** The folder of the standalone build that holds `server.js`. */
  folder: string;
  /** A path that answers once the server can work. */
  ready: string;
  settings: Record<string, string>;
  /** What Node is told, beside what a measurement needs. */
  flags: readonly string[];
  /** Where the processor's time is written to when the server stops; nowhere by default. */
  profile?: string;
};

/** Serves a build on loopback, in a process that ends with this one. */
export async function startBenchServer({ folder, ready, settings, flags, profile }: Start): Promise<BenchServer> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const preload = (path: string) => ['--import', join(root, path)];
  const args = [
    ...flags,
    ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
    ...preload('scripts/end-with-parent.mjs'),
    ...preload('tests/bench/report-memory.mjs'),
    'server.js',
  ];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      ...settings,
      TREDE_ORIGIN: origin,
      NODE_ENV: 'production',
      PORT: String(port),
      HOSTNAME: '127.0.0.1',
      KEEP_ALIVE_TIMEOUT: '65000',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await untilReady(`${origin}${ready}`, child);
  return {
    origin,
    memory: () => ask(child, 'memory'),
    resident: async () => (await ask<Memory>(child, 'resident')).resident,
    processor: async () => (await ask<{ milliseconds: number }>(child, 'processor')).milliseconds,
    stop: () => end(child),
  };
}

function ask<Answer>(child: ChildProcess, question: 'memory' | 'resident' | 'processor'): Promise<Answer> {
  return new Promise((resolve) => {
    child.once('message', (answer) => resolve(answer as Answer));
    child.send(question);
  });
}

async function untilReady(url: string, child: ChildProcess) {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`${url} did not answer`);
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
    child.once('exit', () => {
      clearTimeout(patience);
      resolve();
    });
    // The server ends by itself when this channel closes, and writes its profile.
    child.disconnect();
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
