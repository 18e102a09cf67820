import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root, type Settings } from './platform.ts';

export type Server = { origin: string; stop: () => Promise<void>; untilStopped: () => Promise<void> };

/**
 * Serves the build, and waits until the database answers through it. The server ends with this process, however this
 * process ends: it watches the channel between the two.
 * @throws Error when the port is taken, or the server ends before it answers
 */
export async function serve(settings: Settings): Promise<Server> {
  const port = Number(settings.PORT);
  // The demo is for this machine alone; a platform with real data listens where its operator says.
  const host = process.env.TREDE_HOST || (settings.TREDE_DEMO === '1' ? '127.0.0.1' : '0.0.0.0');
  if (!(await isFree(port, host))) throw new Error(`Port ${port} is taken; choose another one with PORT.`);
  const child = spawn(process.execPath, ['--import', join(root, 'scripts', 'end-with-parent.mjs'), 'server.js'], {
    cwd: join(root, '.next', 'standalone'),
    env: { ...process.env, ...settings, NODE_ENV: 'production', HOSTNAME: host, KEEP_ALIVE_TIMEOUT: '65000' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const reachable = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
  await waitUntilHealthy(reachable, child);
  return { origin: reachable, stop: () => end(child, ended), untilStopped: () => Promise.race([ended, asked()]) };
}

/** Resolves when somebody asks this process to stop, or when the launcher is gone. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    process.once('disconnect', () => resolve());
  });
}

async function end(child: ChildProcess, ended: Promise<void>) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  // What the server was doing gets a moment; a connection that a browser keeps open does not hold the stop up.
  const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(patience);
}

async function waitUntilHealthy(origin: string, child: ChildProcess) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error('the server ended before it answered.');
    const healthy = await fetch(`${origin}/api/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server did not answer within a minute.');
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
