import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { assignments } from '#db/schema/reviews.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { nextState } from '#services/take-transition.ts';
import { readLeadFacts } from './lead-facts.ts';

export const unassignReviewerInput = z.object({ assessmentId: z.uuid(), userId: z.uuid() });
export type UnassignReviewerInput = z.infer<typeof unassignReviewerInput>;

/**
 * Takes a case from a reviewer. What was judged stays; who has the case no longer changes nothing.
 * @throws precondition `wrong_state` once published
 */
export async function unassignReviewer(ctx: Context, input: UnassignReviewerInput): Promise<{ ended: boolean }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, userId } = input;
    const [assessment, facts] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readLeadFacts(tx, ctx, assessmentId),
    ]);
    authorize(ctx.actor, 'assignment.unassign', facts.policy);
    nextState(assessment, { verb: 'unassign', guards: {} });
    const ended = await tx
      .update(assignments)
      .set({ endedAt: ctx.now, endedBy: ctx.actor.userId })
      .where(
        and(eq(assignments.assessmentId, assessmentId), eq(assignments.userId, userId), isNull(assignments.endedAt)),
      )
      .returning({ id: assignments.id });
    if (ended.length === 0) return { ended: false };
    await recordEvent(tx, {
      at: ctx.now,
      actorId: ctx.actor.userId,
      action: 'assignment.unassign',
      organisationId: assessment.organisationId,
      assessmentId,
      detail: { userId },
    });
    return { ended: true };
  });
}
