import type { Level } from '#domain/framework.ts';
import { sectionScore } from '#domain/scoring.ts';
import type { Review } from './compute-review.ts';
import type { ReviewFacts } from './review-facts.ts';

/** A section whose determined level is not the computed one, with the reason that was given for it. */
export type Difference = { sectionKey: string; computed: Level; determined: Level; reason: string };

/** Every difference that an approver has to approve by name (norm framework clause 13), in the framework's order. */
export function differencesOf(review: Review, facts: ReviewFacts): Difference[] {
  return Object.entries(review.determined).flatMap(([sectionKey, determined]) => {
    const computed = sectionScore(review.computed, sectionKey)?.low;
    if (!computed || computed === determined) return [];
    return [{ sectionKey, computed, determined, reason: facts.determinations[sectionKey]?.reason ?? '' }];
  });
}
