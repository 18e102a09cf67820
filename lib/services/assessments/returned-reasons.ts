import 'server-only';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { notices } from '#db/schema/reviews.ts';

/** Why an assessment was sent back, and what is asked at its criteria and sections. */
export type ReturnedReasons = { sentAt: string; items: readonly { key: string; text: string }[] };

/** The reasons of the last return, while the assessment is with its insurer again; else null. One statement. */
export async function readReturnedReasons(tx: Transaction, assessmentId: string): Promise<ReturnedReasons | null> {
  const [row] = await tx
    .select({ sentAt: notices.sentAt, items: notices.items })
    .from(notices)
    .innerJoin(assessments, and(eq(assessments.id, notices.assessmentId), eq(assessments.state, 'returned')))
    .where(and(eq(notices.assessmentId, sql.placeholder('assessmentId')), eq(notices.kind, 'returned')))
    .orderBy(desc(notices.sentAt))
    .limit(1)
    .prepare('returned-reasons')
    .execute({ assessmentId });
  return row ? { sentAt: row.sentAt.toISOString(), items: row.items } : null;
}
