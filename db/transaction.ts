import type { Logger } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { drizzle, PostgresJsSession, PostgresJsTransaction } from 'drizzle-orm/postgres-js';
import type { Sql, TransactionSql } from 'postgres';

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

/** One connection, used by one transaction at a time. */
type Lane = { client: Sql; closed: number };

type Options = { open: (onclose: () => void) => Sql; logger: Logger | undefined };

/**
 * Runs transactions, each on a connection of its own. `begin` goes out with the first statements, and `commit` with the
 * last writes where the work ended with `closeWith`: postgres.js by itself waits for the answer to both.
 * @param most connections; who comes when all are in use waits
 */
export function openTransactions(most: number, { open, logger }: Options) {
  const dialect = new PgDialect();
  const lanes: Lane[] = [];
  const free: Lane[] = [];
  const waiting: ((lane: Lane) => void)[] = [];

  async function run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const lane = free.pop() ?? (lanes.length < most ? addLane() : await new Promise<Lane>((go) => waiting.push(go)));
    try {
      return await runOn(lane, work);
    } finally {
      const next = waiting.shift();
      if (next) next(lane);
      else free.push(lane);
    }
  }

  function addLane(): Lane {
    const lane: Lane = { client: open(() => lane.closed++), closed: 0 };
    // Has values go over the wire as drizzle writes them.
    drizzle(lane.client);
    lanes.push(lane);
    return lane;
  }

  async function runOn<T>(lane: Lane, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { client, closed } = lane;
    const open = { client: client as Sql | null };
    const session = new PostgresJsSession(gate(open), dialect, undefined, { logger });
    const tx = new PostgresJsTransaction(dialect, session, undefined) as Transaction;
    try {
      const [, result] = await Promise.all([client.unsafe('begin').execute(), work(tx)]);
      open.client = null;
      const [commit] = await Promise.all([client.unsafe('commit'), lastWrites(tx)]);
      // A connection that was lost came back without the transaction, and a transaction that failed does not commit.
      if (lane.closed !== closed || commit.command !== 'COMMIT') throw new Error('the transaction was not committed');
      return result;
    } catch (error) {
      open.client = null;
      await client.unsafe('rollback').catch(() => {});
      throw error;
    }
  }

  return {
    run,
    close: async () => {
      await Promise.all(lanes.map(({ client }) => client.end({ timeout: 5 })));
    },
  };
}

/** The way to the connection, which shuts with the transaction: what is sent too late must not land in the next one. */
function gate(open: { client: Sql | null }): Sql & TransactionSql {
  const unsafe: Sql['unsafe'] = (...given) => {
    if (!open.client) throw new Error('this transaction is over');
    return open.client.unsafe(...given);
  };
  return { unsafe } as Sql & TransactionSql;
}
