import type { DrawnClaim } from '#db/schema/claim-files.ts';

/** A group of claims that a draw can tell apart, and how many stand in it. */
export type ClaimGroup = { name: string; claims: number };

/** How many claims there are by product and by outcome, the largest first. */
export type ClaimGroups = Readonly<Record<'product' | 'outcome', readonly ClaimGroup[]>>;

export function claimGroups(claims: readonly DrawnClaim[]): ClaimGroups {
  return { product: groupsBy(claims, 'product'), outcome: groupsBy(claims, 'outcome') };
}

function groupsBy(claims: readonly DrawnClaim[], by: 'product' | 'outcome'): ClaimGroup[] {
  const counted = Map.groupBy(claims, (claim) => claim[by]);
  return [...counted]
    .map(([name, found]) => ({ name, claims: found.length }))
    .toSorted((a, b) => b.claims - a.claims || a.name.localeCompare(b.name, 'nl'));
}
