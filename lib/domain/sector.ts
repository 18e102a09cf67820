import { type Fraction, fraction, fromLowest, tenthsOf } from './fraction.ts';

/** A null says that too few insurers stand behind it. */
export type SectorFigureView = {
  /** A section's key, or `total`. */
  key: string;
  /** Exact. */
  mean: string | null;
  insurers: number | null;
  spread: number | null;
  /** Insurers on levels 1 to 5. */
  levels: readonly number[] | null;
  /** The release that it is taken over from. */
  computedIn: number | null;
  /** Exact: the mean of the last round, where what it measured may be compared. */
  before: string | null;
  /** There is a last round, and it measured this by other criteria. */
  normChanged: boolean;
  /** What insurers claimed: the exact mean of their own scores, and of how many the determined one is lower, equal, higher. */
  claims: { own: string; insurers: number; lower: number; equal: number; higher: number } | null;
};

export type SectorCriterionView = {
  key: string;
  /** Null: too few insurers. All counts are of insurers to which the criterion applies. */
  counts: {
    insurers: number;
    met: number;
    partly: number;
    notMet: number;
    claimedMet: number;
    changed: number;
    missing: number;
  } | null;
};

/** Whether a mean reads as it did in the last round. */
export const isUnchanged = (figure: Pick<SectorFigureView, 'mean' | 'before'>) =>
  changeOfMean(figure)?.numerator === 0n;

/**
 * The change of a mean since the last round, in tenths, between the two as they are written: what stands beside each other
 * has to add up. Null when one of the two is not shown.
 */
export function changeOfMean({ mean, before }: Pick<SectorFigureView, 'mean' | 'before'>): Fraction | null {
  return mean && before ? fraction(tenthsOf(fromLowest(mean)) - tenthsOf(fromLowest(before)), 10n) : null;
}

/** The sections with the highest and the lowest mean as written, all of those that share it; one list where all read the same. */
export function extremesOf(figures: readonly Pick<SectorFigureView, 'key' | 'mean'>[]) {
  const means = figures.flatMap(({ key, mean }) =>
    key === 'total' || !mean ? [] : [{ key, tenths: Number(tenthsOf(fromLowest(mean))) }],
  );
  if (means.length < 2) return null;
  const all = means.map(({ tenths }) => tenths);
  const at = (tenths: number) => means.flatMap((one) => (one.tenths === tenths ? [one.key] : []));
  const [high, low] = [at(Math.max(...all)), at(Math.min(...all))];
  return { high, low: high.length === means.length ? [] : low };
}

/** The scores, 1 to 5, that most insurers have; all of those that share the number, none where nobody is counted. */
export function commonestOf(levels: readonly number[]): number[] {
  const most = Math.max(...levels);
  return most === 0 ? [] : levels.flatMap((count, place) => (count === most ? [place + 1] : []));
}

/** The criteria that keep most insurers from their next score: all of those that share the number; null where none is counted. */
export function mostMissedOf(missed: readonly string[], criteria: readonly SectorCriterionView[]) {
  const counted = missed.flatMap((missing) =>
    criteria.flatMap(({ key, counts }) => (counts && key === missing ? [{ key, counts }] : [])),
  );
  const count = Math.max(...counted.map(({ counts }) => counts.missing));
  const most = counted.filter(({ counts }) => counts.missing === count);
  const [first] = most;
  return first ? { keys: most.map(({ key }) => key), count, insurers: first.counts.insurers } : null;
}
