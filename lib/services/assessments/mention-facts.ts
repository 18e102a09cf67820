import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { noteMentions, notes } from '#db/schema/teamwork.ts';

/** Notes of an assessment that name somebody, and that they did not see yet: how many, and where the first one is. */
export type Mentions = { assessmentId: string; count: number; criterionKey: string };

/** One statement, one line an assessment. A note that was settled meanwhile waits on nobody. */
export function readMentions(tx: Transaction, userId: string): Promise<Mentions[]> {
  return tx
    .select({
      assessmentId: noteMentions.assessmentId,
      count: sql<number>`count(*)::int`,
      criterionKey: sql<string>`(array_agg(${notes.criterionKey} order by ${notes.writtenAt}, ${notes.id}))[1]`,
    })
    .from(noteMentions)
    .innerJoin(notes, eq(notes.id, noteMentions.noteId))
    .where(
      and(eq(noteMentions.userId, sql.placeholder('userId')), isNull(noteMentions.seenAt), isNull(notes.resolvedAt)),
    )
    .groupBy(noteMentions.assessmentId)
    .prepare('list-assessments:mentions')
    .execute({ userId });
}
