import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Transaction } from '#db/client.ts';
import { notices } from '#db/schema/reviews.ts';
import type { LockedAssessment } from '#services/assessments/assessment-facts.ts';
import type { Context } from '#services/context.ts';

type Notice = Pick<typeof notices.$inferInsert, 'kind' | 'reason' | 'items' | 'termAt'>;

/** Tells the insurer what was decided about its case; the row carries no name. */
export function sendNotice(tx: Transaction, ctx: Context, assessment: LockedAssessment, notice: Notice) {
  const { id: assessmentId, organisationId } = assessment;
  return tx.insert(notices).values({ id: randomUUID(), assessmentId, organisationId, sentAt: ctx.now, ...notice });
}
