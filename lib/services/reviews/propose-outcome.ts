import 'server-only';
import { z } from 'zod';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { computeReview } from './compute-review.ts';
import { readReviewFacts } from './review-facts.ts';

export const proposeOutcomeInput = z.object({ assessmentId: z.uuid() });
export type ProposeOutcomeInput = z.infer<typeof proposeOutcomeInput>;

/**
 * Hands the determinations to the lead. With the hearing on, a version has to be sent and heard first: the guards of the
 * hearing have no answer here, and block. Proposed already by this reviewer: nothing happens.
 * @throws precondition with every guard that fails, and in `detail` the keys of what is still to be judged
 */
export async function proposeOutcome(
  ctx: Context,
  { assessmentId }: ProposeOutcomeInput,
): Promise<{ assessmentId: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [assessment, facts] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
    ]);
    authorize(ctx.actor, 'outcome.propose', facts.policy);
    const { userId } = ctx.actor;
    if (assessment.state === 'proposed' && assessment.proposedBy === userId) return { assessmentId };
    const framework = await compiledFramework(tx, facts.framework);
    const { guards, toJudge } = computeReview(framework, facts);
    const to = nextState(assessment, { verb: 'propose', guards, hearing: facts.round.hearing }, { toJudge });
    await writeTransition(tx, ctx, assessment, {
      verb: 'propose',
      to,
      action: 'outcome.propose',
      set: { proposedBy: userId },
    });
    return { assessmentId };
  });
}
