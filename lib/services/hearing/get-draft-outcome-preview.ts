import 'server-only';
import { z } from 'zod';
import type { DraftOutcomeContent } from '#domain/snapshot.ts';
import { termEnd } from '#domain/terms.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type FrameworkTexts, frameworkTexts } from '#services/publications/framework-texts.ts';
import { computeReview } from '#services/reviews/compute-review.ts';
import { readReviewFacts } from '#services/reviews/review-facts.ts';
import { draftOutcomeContent } from './draft-outcome-content.ts';
import { readHearing } from './hearing-facts.ts';

export const getDraftOutcomePreviewInput = z.object({
  assessmentId: z.uuid(),
  /** A version that was sent; without one, what would be sent now. */
  version: z.coerce.number().int().min(1).optional(),
});
export type GetDraftOutcomePreviewInput = z.infer<typeof getDraftOutcomePreviewInput>;

export type DraftOutcomePreview = {
  assessmentId: string;
  organisation: string;
  /** Null while sections are to be determined: there is nothing that could be sent. */
  content: DraftOutcomeContent | null;
  /** It was sent as it stands here. */
  sent: boolean;
  termAt: Date;
  texts: FrameworkTexts;
};

/**
 * A draft outcome as the insurer sees it: a version that was sent, or the next one as it would be sent now, made by the
 * same function.
 * @throws not found for a version that was not sent, and for a next one where the round holds no hearing
 */
export async function getDraftOutcomePreview(
  ctx: Context,
  { assessmentId, version }: GetDraftOutcomePreviewInput,
): Promise<DraftOutcomePreview> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [facts, { versions }] = await Promise.all([
      readReviewFacts(tx, ctx, assessmentId),
      readHearing(tx, assessmentId),
    ]);
    authorize(ctx.actor, 'submission.read', facts.policy);
    const framework = await compiledFramework(tx, facts.framework);
    const shared = { assessmentId, organisation: facts.organisation.name, texts: frameworkTexts(framework) };
    if (version !== undefined) {
      const sent = versions.find((candidate) => candidate.version === version);
      if (!sent) throw notFound();
      return { ...shared, content: sent.content, sent: true, termAt: sent.termAt };
    }
    if (!facts.round.hearing || !facts.submission) throw notFound();
    const review = computeReview(framework, facts);
    const termAt = termEnd(ctx.now, facts.round.hearingDays);
    const next = { version: (versions[0]?.version ?? 0) + 1, sentAt: ctx.now, termAt };
    const content = review.guards.every_section_determined ? draftOutcomeContent(framework, facts, review, next) : null;
    return { ...shared, content, sent: false, termAt };
  });
}
