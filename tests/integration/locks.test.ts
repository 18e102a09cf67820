import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Locks, openLocks } from '#db/locks.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
let one: Locks;
let other: Locks;

beforeAll(() => {
  [one, other] = [openLocks(database.url), openLocks(database.url)];
});
afterAll(() => Promise.all([one.close(), other.close()]));

describe('a lock that all processes share', () => {
  it('is held by one alone, and whoever holds it is asked to make way, in its own process and in another', async () => {
    for (const second of [one, other]) {
      const asked = Promise.withResolvers<void>();
      const release = await one.hold('upload', () => asked.resolve());
      const waiting = second.hold('upload', () => {});
      await asked.promise;
      expect(await second.hold('upload', () => {}, { patienceMs: 50 })).toBeNull();
      await release?.();
      const taken = await waiting;
      expect(taken).not.toBeNull();
      await taken?.();
    }
  });

  it('is not in the way of another name', async () => {
    const release = await one.hold('a', () => {});
    const taken = await other.hold('b', () => {}, { patienceMs: 2_000 });
    expect(taken).not.toBeNull();
    await Promise.all([release?.(), taken?.()]);
  });

  it('is not waited for by who goes away', async () => {
    const release = await one.hold('left', () => {});
    const aborted = AbortSignal.abort();
    expect(await other.hold('left', () => {}, { signal: aborted })).toBeNull();
    await release?.();
  });

  it('is free when the process that held it is killed', async () => {
    const child = fork(new URL('../support/hold-lock.ts', import.meta.url), [database.url, 'killed'], {
      execPath: join(process.cwd(), 'node_modules', '.bin', 'node'),
      execArgv: ['--conditions=react-server'],
    });
    await once(child, 'message');
    expect(await one.hold('killed', () => {}, { patienceMs: 50 })).toBeNull();
    child.kill('SIGKILL');
    const release = await one.hold('killed', () => {});
    expect(release).not.toBeNull();
    await release?.();
  });
});
