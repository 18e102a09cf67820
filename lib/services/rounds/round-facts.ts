import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { notFound } from '#services/errors.ts';

export type LockedRound = typeof rounds.$inferSelect;

/** Locks a round against every other verb that sets it up; always a statement of its own, and the first. */
export async function lockRound(tx: Transaction, roundId: string): Promise<LockedRound> {
  const round = await findRound(tx, roundId);
  if (!round) throw notFound();
  return round;
}

/** As `lockRound`, for a round that may not be there yet. */
export async function findRound(tx: Transaction, roundId: string): Promise<LockedRound | undefined> {
  const [row] = await tx
    .select()
    .from(rounds)
    .where(eq(rounds.id, sql.placeholder('roundId')))
    .for('no key update')
    .prepare('round:lock')
    .execute({ roundId });
  return row;
}

/** Locks an edition of a framework: nobody can replace its document before the transaction ends. */
export async function lockFrameworkVersion(tx: Transaction, ref: string) {
  const [row] = await tx
    .select({ ref: frameworkVersions.ref, sha256: frameworkVersions.sha256, frozenAt: frameworkVersions.frozenAt })
    .from(frameworkVersions)
    .where(eq(frameworkVersions.ref, sql.placeholder('ref')))
    .for('no key update')
    .prepare('framework:lock')
    .execute({ ref });
  return row;
}
