import type { Database, Transaction } from '#db/client.ts';
import { lastWrites } from '#db/transaction.ts';

/**
 * The database as a verb sees it, but nothing that it does stays: each of its transactions is rolled back when its work
 * is done. So that what one actor may do does not change what the next one finds.
 */
export function undone(db: Database): Database {
  const transaction = async (work: (tx: Transaction) => Promise<unknown>) => {
    const undo = new Error('undo');
    let result: unknown;
    await db
      .transaction(async (tx) => {
        result = await work(tx);
        await lastWrites(tx);
        throw undo;
      })
      .catch((error: unknown) => {
        if (error !== undo) throw error;
      });
    return result;
  };
  return Object.assign(Object.create(db) as Database, { transaction });
}
