import 'server-only';
import type { Framework } from '#domain/framework.ts';
import type { DraftOutcomeContent } from '#domain/snapshot.ts';
import { outcomeOf } from '#services/publications/publication-content.ts';
import type { Review } from '#services/reviews/compute-review.ts';
import type { ReviewFacts } from '#services/reviews/review-facts.ts';

/**
 * What the insurer is sent for the hearing, and what the reviewer sees beforehand: the two are made here, so that they
 * cannot differ. Holds no name of anybody at the supervisor.
 * @throws Error as `outcomeOf`: the workflow lets nothing be sent before
 */
export function draftOutcomeContent(
  framework: Framework,
  facts: ReviewFacts,
  review: Review,
  { version, sentAt, termAt }: { version: number; sentAt: Date; termAt: Date },
): DraftOutcomeContent {
  return {
    schema: 'trede-draft-outcome-1',
    version,
    ...outcomeOf(framework, facts, review),
    sentAt: sentAt.toISOString(),
    termAt: termAt.toISOString(),
  };
}
