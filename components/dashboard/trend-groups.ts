import type { EarlierRound } from '#services/publications/earlier-rounds.ts';

/** Rounds that follow each other on one framework version and product, and what joins them to the group before. */
export type ComparableGroup = {
  key: string;
  framework: string;
  productScope: string;
  rounds: readonly EarlierRound[];
  /** Sections that may be laid beside those of the group before. */
  joined: readonly string[];
  totalJoined: boolean;
};

/** Parts rounds, oldest first, where the framework version or the product changes. Comparable is what both sides share with the newest. */
export function comparableGroups(rounds: readonly EarlierRound[]): ComparableGroup[] {
  const groups: (ComparableGroup & { rounds: EarlierRound[] })[] = [];
  for (const round of rounds) {
    const last = groups.at(-1);
    if (last?.framework === round.framework && last.productScope === round.productScope) {
      last.rounds.push(round);
      continue;
    }
    const before = last?.rounds.at(-1);
    groups.push({
      key: round.publicationId,
      framework: round.framework,
      productScope: round.productScope,
      rounds: [round],
      joined: round.comparable.filter((key) => before?.comparable.includes(key)),
      totalJoined: round.totalComparable && before?.totalComparable === true,
    });
  }
  return groups;
}

/** Which sentence tells the trend of the total: from one figure to the other, or why there is none to lay beside it. */
export function trendSentence(before: EarlierRound | undefined, now: EarlierRound) {
  const key = before?.why
    ? (`incomparable.${before.why}` as const)
    : before?.total && now.total
      ? 'sentence'
      : 'noTotal';
  return { key, before } as const;
}
