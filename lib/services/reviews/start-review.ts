import 'server-only';
import { z } from 'zod';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { answerExtension } from './extension-requests.ts';
import { readReviewFacts } from './review-facts.ts';

export const startReviewInput = z.object({ assessmentId: z.uuid() });
export type StartReviewInput = z.infer<typeof startReviewInput>;

/** Takes a submitted assessment into review; from then on the insurer cannot withdraw it. Started already: nothing happens. */
export async function startReview(ctx: Context, { assessmentId }: StartReviewInput): Promise<{ assessmentId: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [assessment, facts] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
    ]);
    authorize(ctx.actor, 'review.start', facts.policy);
    if (assessment.state === 'in_review') return { assessmentId };
    const to = nextState(assessment, { verb: 'start', guards: {} });
    await Promise.all([
      writeTransition(tx, ctx, assessment, { verb: 'start', to, action: 'review.start' }),
      answerExtension(tx, ctx, assessmentId, null),
    ]);
    return { assessmentId };
  });
}
