import 'server-only';
import { z } from 'zod';
import { hearingGuards, lowerSections } from '#domain/hearing.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { readHearing } from '#services/hearing/hearing-facts.ts';
import { recordSilence } from '#services/hearing/record-silence.ts';
import { withdrawOpenRequests } from '#services/requests/withdraw-open-requests.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { computeReview } from './compute-review.ts';
import { answerExtension } from './extension-requests.ts';
import { readReviewFacts } from './review-facts.ts';

export const proposeOutcomeInput = z.object({ assessmentId: z.uuid() });
export type ProposeOutcomeInput = z.infer<typeof proposeOutcomeInput>;

/**
 * Hands the determinations to the lead. With the hearing on, a version has to be sent and heard first; silence is
 * recorded as such, and what was asked and still waits is withdrawn. Proposed already by this reviewer: nothing happens.
 * @throws precondition with every guard that fails, and in `detail` the keys of what is still to be judged and of the
 * sections that would end lower than the insurer was told
 */
export async function proposeOutcome(
  ctx: Context,
  { assessmentId }: ProposeOutcomeInput,
): Promise<{ assessmentId: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [assessment, facts, hearing] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
      readHearing(tx, assessmentId),
    ]);
    authorize(ctx.actor, 'outcome.propose', facts.policy);
    const { userId } = ctx.actor;
    if (assessment.state === 'proposed' && assessment.proposedBy === userId) return { assessmentId };
    const framework = await compiledFramework(tx, facts.framework);
    const { guards: judged, toJudge, determined } = computeReview(framework, facts);
    const guards = { ...judged, ...hearingGuards(hearing.facts, determined, ctx.now) };
    const lower = lowerSections(hearing.facts, determined);
    const to = nextState(assessment, { verb: 'propose', guards, hearing: facts.round.hearing }, { toJudge, lower });
    const silent = await recordSilence(tx, ctx, hearing);
    await Promise.all([
      writeTransition(tx, ctx, assessment, {
        verb: 'propose',
        to,
        action: 'outcome.propose',
        detail: { silent },
        set: { proposedBy: userId },
      }),
      withdrawOpenRequests(tx, ctx, assessment),
      answerExtension(tx, ctx, assessmentId, null),
    ]);
    return { assessmentId };
  });
}
