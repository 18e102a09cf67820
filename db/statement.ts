import { fillPlaceholders } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import type { Database, Transaction } from './client.ts';

type Decoder = { mapFromDriverValue: (value: unknown) => unknown };
type Field = Decoder | { decoder: Decoder } | { sql: { decoder: Decoder } };

/** What drizzle gives for `.prepare(name)`, with what it holds inside. */
type Prepared<Rows> = { execute: (values?: Record<string, unknown>) => Promise<Rows> };
type Inside = { queryString: string; params: unknown[]; fields?: { path: string[]; field: Field }[] };
type Preparable<Rows> = { prepare: (name: string) => Prepared<Rows> };
type Session = { client: Sql; logger: { logQuery: (text: string, params: unknown[]) => void } };

/**
 * A statement that is built once in a process and then sent in any transaction: building it anew costs more than all
 * else that a save does here. The server prepares it once per connection, under the name that postgres.js makes.
 * @param name unique in the house: verb or noun, and what
 * @param build writes it down with `sql.placeholder` for each value
 */
export function statement<Rows>(name: string, build: (db: PostgresJsDatabase) => Preparable<Rows>) {
  let send: ((session: Session, values: Record<string, unknown>) => Promise<Rows>) | undefined;
  return (on: Database | Transaction, values: Record<string, unknown> = {}): Promise<Rows> => {
    send ??= sender(build(drizzle.mock()).prepare(name));
    return send(on._.session as unknown as Session, values);
  };
}

/** Sends what was prepared. Rows without objects inside are read here; drizzle looks at every column anew. */
function sender<Rows>(prepared: Prepared<Rows>) {
  const { queryString, params, fields } = prepared as unknown as Inside;
  if (!fields || fields.some(({ path }) => path.length > 1)) {
    return ({ client, logger }: Session, values: Record<string, unknown>) =>
      Object.assign(Object.create(prepared) as Prepared<Rows>, { client, logger }).execute(values);
  }
  const columns = fields.map(({ path, field }) => ({ name: path[0] as string, decoder: decoderOf(field) }));
  return async ({ client, logger }: Session, values: Record<string, unknown>) => {
    const filled = fillPlaceholders(params, values);
    logger.logQuery(queryString, filled);
    const rows = await client.unsafe(queryString, filled as never[], { prepare: true }).values();
    return rows.map((row) => {
      const read: Record<string, unknown> = {};
      for (const [place, { name, decoder }] of columns.entries()) {
        const value = row[place];
        read[name] = value === null ? null : decoder.mapFromDriverValue(value);
      }
      return read;
    }) as Rows;
  };
}

function decoderOf(field: Field): Decoder {
  if ('mapFromDriverValue' in field) return field;
  return 'decoder' in field ? field.decoder : field.sql.decoder;
}
