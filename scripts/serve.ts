import { join } from 'node:path';
import { type Child, startChild } from './ending.ts';
import { freePort } from './free-port.ts';
import { root } from './platform.ts';
import type { Settings } from './settings.ts';

/**
 * What Node is told when it serves: what stands in front of every request; that an upload gives back its memory as it
 * goes (`lib/receive-files.ts`); and room for what is new, so that what one request leaves behind is dead when it is looked at.
 */
export const serverFlags = ['--expose-gc', '--max-semi-space-size=64', '--import', join(root, 'front.ts')];

/**
 * Refuses early when the port is taken, before anything is started.
 * @throws Error with one line
 */
export async function checkPort(port: string) {
  // Every address, as a server elsewhere may listen on any of them.
  const free = (await freePort(Number(port), '127.0.0.1')) && (await freePort(Number(port), '0.0.0.0'));
  if (!free) throw new Error(`port ${port} is taken; choose another one with PORT.`);
}

/**
 * Serves the build, and waits until the database answers through it.
 * @throws Error when the server ends before it answers
 */
export async function serve(settings: Settings): Promise<Child> {
  const host = hostOf(settings);
  const child = startChild([...serverFlags, 'server.js'], {
    cwd: join(root, '.next', 'standalone'),
    env: serverEnvironment(process.env, settings),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await waitUntilHealthy(`http://${reachable(host)}:${settings.PORT}`, child);
  return child;
}

/** What the server is told: all that the launcher was, but for the login that owns the tables, which has migrated by now. */
export function serverEnvironment(given: NodeJS.ProcessEnv, settings: Settings): NodeJS.ProcessEnv {
  const { DATABASE_OWNER_URL: _, ...rest } = given;
  return { ...rest, ...settings, NODE_ENV: 'production', HOSTNAME: hostOf(settings), KEEP_ALIVE_TIMEOUT: '65000' };
}

/** The demo is for this machine alone; a platform with real data listens where its operator says. */
export const hostOf = (settings: Settings) =>
  process.env.TREDE_HOST || (settings.TREDE_DEMO === '1' ? '127.0.0.1' : '0.0.0.0');

function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

async function waitUntilHealthy(origin: string, child: Child) {
  const deadline = Date.now() + 60_000;
  let ended = false;
  child.exit.then(() => {
    ended = true;
  });
  while (Date.now() < deadline) {
    if (ended) throw new Error('the server ended before it answered.');
    const healthy = await fetch(`${origin}/api/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy && !ended) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server did not answer within a minute.');
}
