import 'server-only';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Database, Transaction } from '#db/client.ts';
import { users } from '#db/schema/identity.ts';
import { presences } from '#db/schema/teamwork.ts';
import { statement } from '#db/statement.ts';
import type { Context } from '#services/context.ts';

/** A colleague who has a page of the assessment open. */
export type PresentColleague = {
  userId: string;
  name: string;
  /** The criterion that is open; null: a page about no single one. */
  criterionKey: string | null;
  /** Typing in its answer at this moment. */
  editing: boolean;
};

/** A page that was not seen for this long, in milliseconds, counts for nothing: its process is gone. */
export const presenceLasts = 60_000;

/**
 * Who else of the insurer has the assessment open, by name; one line for each person and criterion. One statement, in an
 * insurer's transaction.
 */
export async function presentColleagues(
  tx: Transaction,
  assessmentId: string,
  { actor, now }: Pick<Context, 'actor' | 'now'>,
): Promise<PresentColleague[]> {
  const rows = await readPresent(tx, [assessmentId], now);
  return colleaguesIn(rows, assessmentId, actor.userId);
}

/** All open pages of several assessments, in one statement. */
export function readPresent(on: Database | Transaction, assessmentIds: readonly string[], now: Date) {
  return selectPresent(on, {
    ids: `{${assessmentIds.join(',')}}`,
    since: new Date(now.getTime() - presenceLasts).toISOString(),
  });
}

export type PresentRow = Awaited<ReturnType<typeof readPresent>>[number];

/** Of these pages the ones that somebody else than `userId` has open in one assessment. */
export function colleaguesIn(rows: readonly PresentRow[], assessmentId: string, userId: string): PresentColleague[] {
  const found = new Map<string, PresentColleague>();
  for (const row of rows) {
    if (row.assessmentId !== assessmentId || row.userId === userId) continue;
    const key = `${row.userId} ${row.criterionKey}`;
    const { name, criterionKey } = row;
    const editing = row.editing || found.get(key)?.editing === true;
    found.set(key, { userId: row.userId, name, criterionKey, editing });
  }
  return [...found.values()];
}

const selectPresent = statement('presence:colleagues', (db) =>
  db
    .select({
      assessmentId: presences.assessmentId,
      userId: presences.userId,
      name: users.name,
      criterionKey: presences.criterionKey,
      editing: presences.editing,
    })
    .from(presences)
    .innerJoin(users, eq(users.id, presences.userId))
    .where(
      and(
        sql`${presences.assessmentId} = any(${sql.placeholder('ids')}::text::uuid[])`,
        gt(presences.seenAt, sql.placeholder('since')),
      ),
    )
    .orderBy(asc(users.name), asc(users.id), asc(presences.id)),
);
