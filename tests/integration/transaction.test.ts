import { inspect } from 'node:util';
import { sql } from 'drizzle-orm';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase, type Transaction } from '#db/client.ts';
import { closeWith } from '#db/transaction.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
let superuser: Sql;
let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
  await superuser`create table kept (word text primary key)`;
  await superuser`grant select, insert on kept to trede_app`;
  // One connection for statements on their own, and two for transactions.
  ({ database: db, close } = openDatabase(database.url, 3));
});
afterAll(async () => {
  await close();
  await superuser.end();
});

const write = (tx: Transaction, word: string) => tx.execute(sql`insert into kept values (${word})`);
const isKept = async (word: string) => (await superuser`select from kept where word = ${word}`).length === 1;
const backend = async (tx: Transaction) =>
  (await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`))[0]?.pid ?? 0;

describe('a transaction', () => {
  it('keeps what its work wrote, and gives what the work gave', async () => {
    const given = await db.transaction(async (tx) => {
      await write(tx, 'first');
      return closeWith(tx, 'done', write(tx, 'last'));
    });
    expect(given).toBe('done');
    expect([await isKept('first'), await isKept('last')]).toEqual([true, true]);
  });

  it('keeps nothing when its work fails', async () => {
    const work = db.transaction(async (tx) => {
      await write(tx, 'undone');
      throw new Error('no further');
    });
    await expect(work).rejects.toThrow('no further');
    expect(await isKept('undone')).toBe(false);
  });

  it('keeps nothing when one of its last writes fails, and says so', async () => {
    await superuser`insert into kept values ('taken')`;
    for (const words of [
      ['before', 'taken'],
      ['taken', 'before'],
    ]) {
      const work = db.transaction(async (tx) => closeWith(tx, 'done', ...words.map((word) => write(tx, word))));
      await expect(work).rejects.toThrow();
      expect(await isKept('before')).toBe(false);
    }
  });

  it('says so when a statement failed that nobody waited for', async () => {
    const work = db.transaction(async (tx) => {
      await write(tx, 'unwatched');
      await tx.execute(sql`select 1 / 0`).catch(() => {});
      return 'done';
    });
    await expect(work).rejects.toThrow('not committed');
    expect(await isKept('unwatched')).toBe(false);
  });

  it('fails with the statement and the code of the database, and with none of the values', async () => {
    await db.transaction((tx) => write(tx, 'typed by a person'));
    const error: unknown = await db.transaction((tx) => write(tx, 'typed by a person')).catch((caught) => caught);
    expect(error).toMatchObject({ cause: { code: '23505', constraint_name: 'kept_pkey', table_name: 'kept' } });
    expect(inspect(error, { depth: 9, showHidden: true })).toContain('insert into kept');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('typed by a person');
  });

  it('takes nothing more once it is over: that would land in the next one', async () => {
    let late: Transaction | undefined;
    await db.transaction(async (tx) => {
      late = tx;
    });
    await expect((async () => late && write(late, 'late'))()).rejects.toThrow();
    expect(await isKept('late')).toBe(false);
  });

  it('fails when its connection is lost half way, keeps nothing, and the next one works', async () => {
    const work = db.transaction(async (tx) => {
      await write(tx, 'lost');
      await superuser`select pg_terminate_backend(${await backend(tx)})`;
      // The connection says so by itself; what is sent before or after that fails in either case.
      await expect.poll(async () => isGone(tx)).toBe(true);
      return closeWith(tx, 'done', write(tx, 'after'));
    });
    await expect(work).rejects.toThrow();
    expect(await isKept('lost')).toBe(false);
    expect(await db.transaction(async () => 'next')).toBe('next');
  });

  it('waits for a connection when all are in use, and each gets its own', async () => {
    const words = Array.from({ length: 20 }, (_, place) => `many ${place}`);
    await Promise.all(words.map((word) => db.transaction(async (tx) => closeWith(tx, null, write(tx, word)))));
    expect(await Promise.all(words.map(isKept))).toEqual(words.map(() => true));
  });
});

const isGone = (tx: Transaction) =>
  tx.execute(sql`select 1`).then(
    () => false,
    () => true,
  );
