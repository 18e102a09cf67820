import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { draftOutcomes } from '#db/schema/hearing.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { termEnd } from '#domain/terms.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { hasOpenRequest } from '#services/requests/request-facts.ts';
import { computeReview } from '#services/reviews/compute-review.ts';
import { answerExtension } from '#services/reviews/extension-requests.ts';
import { readReviewFacts } from '#services/reviews/review-facts.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { draftOutcomeContent } from './draft-outcome-content.ts';
import { readHearing } from './hearing-facts.ts';

export const sendDraftOutcomeInput = z.object({
  /** Key of the version, made by the client: a repeated post sends nothing twice. */
  id: z.uuid(),
  assessmentId: z.uuid(),
});
export type SendDraftOutcomeInput = z.infer<typeof sendDraftOutcomeInput>;

export type SentDraftOutcome = { assessmentId: string; version: number; termAt: string };

/**
 * Freezes the draft outcome as its next version and sends it to the insurer, with the round's term. From then on verdicts
 * and determinations rest until the hearing is over.
 * @throws precondition with every guard that fails, and in `detail` the keys of what is still to be judged
 */
export async function sendDraftOutcome(ctx: Context, input: SendDraftOutcomeInput): Promise<SentDraftOutcome> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { id, assessmentId } = input;
    const [assessment, facts, hearing, openRequest] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
      readHearing(tx, assessmentId),
      hasOpenRequest(tx, assessmentId, ctx.now),
    ]);
    authorize(ctx.actor, 'outcome.send', facts.policy);
    const sent = hearing.versions.find((version) => version.id === id);
    if (sent) return { assessmentId, version: sent.version, termAt: sent.termAt.toISOString() };
    const framework = await compiledFramework(tx, facts.framework);
    const review = computeReview(framework, facts);
    const guards = { ...review.guards, no_open_request: !openRequest };
    const verb = 'send';
    const to = nextState(assessment, { verb, guards, hearing: facts.round.hearing }, { toJudge: review.toJudge });
    const version = (hearing.versions[0]?.version ?? 0) + 1;
    const termAt = termEnd(ctx.now, facts.round.hearingDays);
    const content = canonicalJson(draftOutcomeContent(framework, facts, review, { version, sentAt: ctx.now, termAt }));
    const sha256 = createHash('sha256').update(content).digest();
    const { organisationId } = assessment;
    await Promise.all([
      tx.insert(draftOutcomes).values({
        id,
        assessmentId,
        organisationId,
        version,
        content,
        sha256,
        termAt,
        sentAt: ctx.now,
        sentBy: ctx.actor.userId,
      }),
      writeTransition(tx, ctx, assessment, {
        verb,
        to,
        action: 'outcome.send',
        detail: { version, sha256: sha256.toString('hex'), term: termAt.toISOString() },
      }),
      answerExtension(tx, ctx, assessmentId, null),
    ]);
    return { assessmentId, version, termAt: termAt.toISOString() };
  });
}
