import { type CountsState, countsState } from '#domain/findings.ts';
import type { Verdict } from '#services/reviews/review-facts.ts';
import { type Claims, claimQuote, countFindings, type FindingCounts, type FoundAt } from './claim-facts.ts';

/** What claim files showed on a criterion, for who judges it; without a draw there is nothing to quote. */
export type FilesQuote = ({ counts: FindingCounts; listed: number } | { counts: null; listed: null }) & {
  /** How the counts that the verdict quotes stand to these; null without a verdict. */
  quoted: CountsState | null;
};

/** @param verdict the one that counts now */
export function filesQuote(
  claims: Claims,
  found: readonly FoundAt[],
  criterionKey: string,
  verdict: Pick<Verdict, 'claimCounts'> | null,
): FilesQuote {
  const { draw, lists } = claims;
  const now = claimQuote(claims, found, criterionKey)?.claimCounts ?? null;
  const quoted = verdict && countsState(verdict.claimCounts, now);
  if (!draw) return { counts: null, listed: null, quoted };
  const listed = lists.find(({ id }) => id === draw.listId)?.claims ?? draw.claims.length;
  return { counts: countFindings(draw, found, criterionKey), listed, quoted };
}
