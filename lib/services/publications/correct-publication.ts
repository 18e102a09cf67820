import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { publications } from '#db/schema/publications.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { givenText } from '#services/given-text.ts';
import { readLeadFacts } from '#services/reviews/lead-facts.ts';
import { sendNotice } from '#services/reviews/send-notice.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';

export const correctPublicationInput = z.object({
  assessmentId: z.uuid(),
  /** The insurer reads it, now and in the next edition. */
  reason: givenText.default(''),
});
export type CorrectPublicationInput = z.infer<typeof correctPublicationInput>;

/**
 * Takes a published case back into review. The publication stays readable, marked as being revised, until the next
 * edition replaces it. The insurer gets a notice with the reason.
 * @throws precondition `wrong_state`, `reason_given`
 */
export async function correctPublication(
  ctx: Context,
  input: CorrectPublicationInput,
): Promise<{ assessmentId: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, reason } = input;
    const [assessment, facts] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readLeadFacts(tx, ctx, assessmentId),
    ]);
    authorize(ctx.actor, 'publication.correct', facts.policy);
    const verb = 'correct';
    const to = nextState(assessment, { verb, guards: { reason_given: reason !== '' } });
    await Promise.all([
      tx
        .update(publications)
        .set({ underRevisionAt: ctx.now })
        .where(and(eq(publications.assessmentId, assessmentId), isNull(publications.replacedAt))),
      writeTransition(tx, ctx, assessment, {
        verb,
        to,
        action: 'publication.correct',
        reason,
        set: { proposedBy: null },
      }),
      sendNotice(tx, ctx, assessment, { kind: 'under_revision', reason }),
    ]);
    return { assessmentId };
  });
}
