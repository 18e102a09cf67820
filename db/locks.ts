import type { Sql } from 'postgres';
import { openSession } from './client.ts';

/** Gives a lock back. Safe to call twice. */
export type Release = () => Promise<void>;

/** Locks by name that all processes on one database share. One that a process held is free as soon as it ends. */
export type Locks = {
  /**
   * Waits until this caller alone holds `name`. Whoever holds it now is asked to give it back, in whatever process.
   * @param asked called when another one wants the lock, or when it is lost with the connection; may come more than once
   * @returns null when it was not given within `patienceMs`, or `signal` said to stop
   */
  hold(
    name: string,
    asked: () => void,
    options?: { signal?: AbortSignal; patienceMs?: number },
  ): Promise<Release | null>;
  /**
   * Marks this process as alive under `name` until it ends. To be repeated now and then: a connection that was lost took
   * the mark with it.
   */
  mark(name: string): Promise<void>;
  /** Whether a process that is alive stands marked under `name`. */
  isMarked(name: string): Promise<boolean>;
  close(): Promise<void>;
};

type Held = { asked: () => void; over: Promise<void> };

const channel = 'trede_locks';
const askEveryMs = 100;
/** Marks and locks of one name are not in each other's way. */
const markSpace = 7234;

/**
 * Opens the connection that holds the locks of this process: advisory locks belong to a session, so the pool that serves
 * transactions is not used up by those who wait, and PostgreSQL frees them when the session ends.
 */
export function openLocks(url: string): Locks {
  const here = new Map<string, Held>();
  const marks = new Set<string>();
  const askAll = () => {
    for (const { asked } of here.values()) asked();
  };
  const session = openSession(url, askAll);
  const listening = session.listen(channel, (name) => here.get(name)?.asked());

  async function hold(
    name: string,
    asked: () => void,
    { signal, patienceMs = 15_000 }: Parameters<Locks['hold']>[2] = {},
  ) {
    const until = Date.now() + patienceMs;
    while (!signal?.aborted && Date.now() < until) {
      const holder = here.get(name);
      if (holder) {
        holder.asked();
        await Promise.race([holder.over, pause()]);
        continue;
      }
      // In this process it is taken before the database is asked: there a session is never in its own way.
      const over = Promise.withResolvers<void>();
      here.set(name, { asked, over: over.promise });
      const leave = () => {
        here.delete(name);
        over.resolve();
      };
      try {
        await listening;
        if (await take(session, name)) return releaseOnce(session, name, leave);
      } catch (error) {
        leave();
        throw error;
      }
      leave();
      await session.notify(channel, name);
      await pause();
    }
    return null;
  }
  async function mark(name: string) {
    marks.add(name);
    await takeMark(session, name);
  }

  async function isMarked(name: string) {
    if (marks.has(name)) return true;
    if (!(await takeMark(session, name))) return true;
    await session`select pg_advisory_unlock(hashtextextended(${name}, ${markSpace}))`;
    return false;
  }
  return { hold, mark, isMarked, close: () => session.end({ timeout: 5 }) };
}

async function takeMark(session: Sql, name: string): Promise<boolean> {
  const [row] = await session`select pg_try_advisory_lock(hashtextextended(${name}, ${markSpace})) as taken`;
  return row?.taken === true;
}

async function take(session: Sql, name: string): Promise<boolean> {
  const [row] = await session`select pg_try_advisory_lock(hashtextextended(${name}, 7233)) as taken`;
  return row?.taken === true;
}

function releaseOnce(session: Sql, name: string, leave: () => void): Release {
  let released = false;
  return async () => {
    if (released) return;
    released = true;
    try {
      await session`select pg_advisory_unlock(hashtextextended(${name}, 7233))`;
    } finally {
      leave();
    }
  };
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, askEveryMs));
