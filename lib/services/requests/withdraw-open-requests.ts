import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { informationRequests } from '#db/schema/requests.ts';
import type { LockedAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvents } from '#services/audit.ts';
import type { Context } from '#services/context.ts';
import { requestIsOpen } from './request-facts.ts';

/**
 * Takes back every request that is open when a case leaves the review: who cannot answer any more is told so, and no term
 * runs on unseen. Each is logged apart, as if it were withdrawn by hand.
 */
export async function withdrawOpenRequests(
  tx: Transaction,
  ctx: Context,
  { id: assessmentId, organisationId }: Pick<LockedAssessment, 'id' | 'organisationId'>,
): Promise<void> {
  const withdrawn = await tx
    .update(informationRequests)
    .set({ withdrawnAt: sql`${sql.placeholder('now')}::timestamptz`, withdrawnBy: sql`${sql.placeholder('by')}::uuid` })
    .where(and(eq(informationRequests.assessmentId, sql.placeholder('assessmentId')), requestIsOpen))
    .returning({ requestId: informationRequests.id, criterionKey: informationRequests.criterionKey })
    .prepare('requests:withdraw-open')
    .execute({ assessmentId, now: ctx.now.toISOString(), by: ctx.actor.userId });
  if (withdrawn.length === 0) return;
  await recordEvents(
    tx,
    withdrawn.map((detail) => ({
      at: ctx.now,
      actorId: ctx.actor.userId,
      action: 'request.withdraw',
      organisationId,
      assessmentId,
      detail,
    })),
  );
}
