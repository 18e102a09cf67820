import type { Draw, FindingCounts, GivenList } from './claim-facts.ts';

/** What claim files showed on a criterion, for who judges it; without a draw there is nothing to quote. */
export type FilesQuote = { counts: FindingCounts; listed: number } | { counts: null; listed: null };

export function filesQuote(draw: Draw | null, lists: readonly GivenList[], counts: FindingCounts | null): FilesQuote {
  if (!draw || !counts) return { counts: null, listed: null };
  return { counts, listed: lists.find(({ id }) => id === draw.listId)?.claims ?? draw.claims.length };
}
