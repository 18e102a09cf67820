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
