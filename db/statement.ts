import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Database, Transaction } from './client.ts';

/** What drizzle gives for `.prepare(name)`, with the connection and the logger that it holds inside. */
type Prepared<Rows> = { execute: (values?: Record<string, unknown>) => Promise<Rows> };
type Preparable<Rows> = { prepare: (name: string) => Prepared<Rows> };
type Session = { client: unknown; logger: unknown };

/**
 * A statement that is built once in a process and then sent in any transaction: building it anew costs more than all
 * else that a save does here. The server prepares it once per connection, under the name that postgres.js makes.
 * @param name unique in the house: verb or noun, and what
 * @param build writes it down with `sql.placeholder` for each value
 */
export function statement<Rows>(name: string, build: (db: PostgresJsDatabase) => Preparable<Rows>) {
  let built: Prepared<Rows> | undefined;
  return (on: Database | Transaction, values: Record<string, unknown> = {}): Promise<Rows> => {
    built ??= build(drizzle.mock()).prepare(name);
    const { client, logger } = on._.session as unknown as Session;
    const bound = Object.assign(Object.create(built) as Prepared<Rows>, { client, logger });
    return bound.execute(values);
  };
}
