import 'server-only';
import { z } from 'zod';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { computeReview } from './compute-review.ts';
import { differencesOf } from './differences.ts';
import { readReviewFacts } from './review-facts.ts';

export const approveOutcomeInput = z.object({
  assessmentId: z.uuid(),
  /** Keys of the sections whose difference between computed and determined the lead approves. */
  approved: z.array(z.string().max(32)).max(200).default([]),
});
export type ApproveOutcomeInput = z.infer<typeof approveOutcomeInput>;

/**
 * Approves a proposed outcome. With four eyes only a lead who neither judged, determined nor proposed in it; without,
 * the same one may, and the log says so.
 * @throws forbidden `second_eyes`; precondition `wrong_state`, `differences_approved` with the differences in `detail`
 */
export async function approveOutcome(ctx: Context, input: ApproveOutcomeInput): Promise<{ assessmentId: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId } = input;
    const [assessment, facts] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
    ]);
    authorize(ctx.actor, 'outcome.approve', facts.policy);
    const framework = await compiledFramework(tx, facts.framework);
    const differences = differencesOf(computeReview(framework, facts), facts);
    const verb = 'approve';
    const { hearing, fourEyes } = facts.round;
    const involved = facts.policy.actorJudged !== false;
    const to = nextState(assessment, {
      verb,
      hearing,
      fourEyes,
      guards: {
        differences_approved: differences.every(({ sectionKey }) => input.approved.includes(sectionKey)),
        approver_not_involved: !involved,
      },
    });
    await writeTransition(tx, ctx, assessment, {
      verb,
      to,
      action: 'outcome.approve',
      detail: { differences: differences.map(({ sectionKey }) => sectionKey), fourEyes, sameHand: involved },
    });
    return { assessmentId };
  });
}
