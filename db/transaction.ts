import type { Logger } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { drizzle, PostgresJsSession, PostgresJsTransaction } from 'drizzle-orm/postgres-js';
import type { Sql, TransactionSql } from 'postgres';
import { withoutValues } from './statement-failure.ts';

export type Transaction = PostgresJsTransaction<Record<string, never>, Record<string, never>>;

/** By name, since a build can hold this file more than once. */
const last = Symbol.for('trede.last-writes');
type WithLast = { [last]?: Promise<unknown> };

/**
 * Ends the work of a transaction: `return closeWith(tx, result, write(tx, …))`. The commit goes out right behind the
 * writes, in the same flight, and the result is told when both are done. Only for statements that are on their way
 * already, and on whose answers nothing depends: when one fails, the server turns the commit into a rollback.
 */
export function closeWith<T>(tx: Transaction, result: T, ...writes: PromiseLike<unknown>[]): T {
  const all = Promise.all(writes);
  // Where the transaction fails for another reason, nobody asks any more.
  all.catch(() => {});
  (tx as WithLast)[last] = all;
  return result;
}

/** Settles when the writes are done with which the work of this transaction ended. */
export const lastWrites = (tx: Transaction): Promise<unknown> | undefined => (tx as WithLast)[last];

/** One connection, used by one transaction at a time, until it is lost. */
type Lane = { client: Sql; lost: boolean; onLost: () => void };

type Options = { open: (onclose: () => void) => Sql; logger: Logger | undefined };

/**
 * Runs transactions, each on a connection of its own. `begin` goes out with the first statements, and `commit` with the
 * last writes where the work ended with `closeWith`: postgres.js by itself waits for the answer to both.
 * @param most connections; who comes when all are in use waits
 */
export function openTransactions(most: number, { open, logger }: Options) {
  const dialect = new PgDialect();
  const lanes = new Set<Lane>();
  const free: Lane[] = [];
  const waiting: ((lane: Lane) => void)[] = [];

  async function run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const lane = await takeLane();
    try {
      return await runOn(lane, work);
    } finally {
      const next = waiting.shift();
      if (lane.lost) drop(lane);
      if (next) next(lane.lost ? addLane() : lane);
      else if (!lane.lost) free.push(lane);
    }
  }

  function takeLane(): Lane | Promise<Lane> {
    for (let lane = free.pop(); lane; lane = free.pop()) {
      if (!lane.lost) return lane;
      drop(lane);
    }
    return lanes.size < most ? addLane() : new Promise<Lane>((go) => waiting.push(go));
  }

  function addLane(): Lane {
    const client = open(() => {
      lane.lost = true;
      lane.onLost();
    });
    const lane: Lane = { client, lost: false, onLost: () => {} };
    // Has values go over the wire as drizzle writes them.
    drizzle(client);
    lanes.add(lane);
    return lane;
  }

  /** Not used again: what was sent while it was going may lie in its client for ever, and answer what comes later. */
  function drop(lane: Lane) {
    lanes.delete(lane);
    lane.client.end({ timeout: 0 }).catch(() => {});
  }

  async function runOn<T>(lane: Lane, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { client } = lane;
    const gate = { client: client as Sql | null };
    const session = new PostgresJsSession(through(gate), dialect, undefined, { logger });
    const tx = new PostgresJsTransaction(dialect, session, undefined) as Transaction;
    // The client does not settle all that it was given when its connection goes.
    const lost = new Promise<never>((_, reject) => {
      lane.onLost = () => reject(new Error('the connection to the database was lost'));
    });
    try {
      const [, result] = await Promise.race([Promise.all([client.unsafe('begin').execute(), work(tx)]), lost]);
      gate.client = null;
      const [commit] = await Promise.race([Promise.all([client.unsafe('commit'), lastWrites(tx)]), lost]);
      // The server rolls back what failed, whoever looked at it.
      if (commit.command !== 'COMMIT') throw new Error('the transaction was not committed');
      return result;
    } catch (error) {
      gate.client = null;
      if (!lane.lost) await Promise.race([client.unsafe('rollback'), lost]).catch(() => {});
      throw withoutValues(error);
    } finally {
      lane.onLost = () => {};
    }
  }

  return {
    run,
    close: async () => {
      await Promise.all([...lanes].map(({ client }) => client.end({ timeout: 5 })));
    },
  };
}

/** The way to the connection, which shuts with the transaction: what is sent too late must not land in the next one. */
function through(gate: { client: Sql | null }): Sql & TransactionSql {
  const unsafe: Sql['unsafe'] = (...given) => {
    if (!gate.client) throw new Error('this transaction is over');
    return gate.client.unsafe(...given);
  };
  return { unsafe } as Sql & TransactionSql;
}
