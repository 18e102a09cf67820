import 'server-only';
import { z } from 'zod';
import { hearingGuards } from '#domain/hearing.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { computeReview } from '#services/reviews/compute-review.ts';
import { answerExtension } from '#services/reviews/extension-requests.ts';
import { readReviewFacts } from '#services/reviews/review-facts.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { readHearing } from './hearing-facts.ts';
import { recordSilence } from './record-silence.ts';

export const reopenReviewInput = z.object({ assessmentId: z.uuid() });
export type ReopenReviewInput = z.infer<typeof reopenReviewInput>;

/**
 * Takes a heard case back into review, where verdicts and determinations can change again. To the insurer nothing shows.
 * @throws precondition `wrong_state`, `responded_or_term_over`
 */
export async function reopenReview(
  ctx: Context,
  { assessmentId }: ReopenReviewInput,
): Promise<{ assessmentId: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [assessment, facts, hearing] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
      readHearing(tx, assessmentId),
    ]);
    authorize(ctx.actor, 'review.reopen', facts.policy);
    const framework = await compiledFramework(tx, facts.framework);
    const { determined } = computeReview(framework, facts);
    const verb = 'reopen';
    const to = nextState(assessment, { verb, guards: hearingGuards(hearing.facts, determined, ctx.now) });
    const silent = await recordSilence(tx, ctx, hearing);
    await Promise.all([
      writeTransition(tx, ctx, assessment, { verb, to, action: 'review.reopen', detail: { silent } }),
      answerExtension(tx, ctx, assessmentId, null),
    ]);
    return { assessmentId };
  });
}
