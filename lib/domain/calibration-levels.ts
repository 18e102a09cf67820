import { byCode, enoughToCompare } from './calibration.ts';
import { compareFractions, type Fraction, fraction, subtractFractions } from './fraction.ts';

/** Insurers that are alike in what they claimed and what was determined of one section, with how many there are. */
export type LevelCount = {
  sectionKey: string;
  /** The level that the insurer's own answers gave; null when there was none. */
  claimed: number | null;
  /** Null as long as the section is not determined. `reviewer` is a code, never a name. */
  determined: { reviewer: string; computed: number; level: number } | null;
  insurers: number;
};

/** Insurers on the levels 1 to 5. */
export type Levels = readonly [number, number, number, number, number];

/** Determined beside claimed, over insurers that have both: how many ended higher, lower, and the mean difference. */
export type BesideClaims = { insurers: number; higher: number; lower: number; mean: Fraction };

export type SectionReviewer = {
  reviewer: string;
  /** Whose section this reviewer determined, and how many of them on another level than computed. */
  insurers: number;
  changed: number;
  /** The levels that these insurers claimed, and those that the reviewer determined. */
  claimed: Levels;
  determined: Levels;
  claims: BesideClaims | null;
};

export type SectionCalibration = {
  sectionKey: string;
  /** All levels that were claimed, determined or not. */
  claimed: Levels;
  /** Insurers of which the section is determined, on the computed and on the determined levels. */
  insurers: number;
  levels: Levels;
  determined: Levels;
  /** Exact mean of the computed levels; null before the first determination. */
  mean: Fraction | null;
  /** How many were determined on another level than computed. */
  changed: number;
  claims: BesideClaims | null;
  /** In the order of their codes. */
  reviewers: readonly SectionReviewer[];
};

/** Compares claimed, computed and determined levels per section, in the order of their keys. */
export function compareSections(counts: readonly LevelCount[]): SectionCalibration[] {
  return [...Map.groupBy(counts, ({ sectionKey }) => sectionKey)]
    .map(([sectionKey, rows]) => {
      const found = determinedOf(rows);
      const { reviewer: _, ...share } = shareOf('', found);
      return {
        sectionKey,
        ...share,
        claimed: levelsOf(rows, ({ claimed }) => claimed),
        levels: levelsOf(found, ({ computed }) => computed),
        mean: meanOf(found, ({ computed }) => computed),
        reviewers: [...Map.groupBy(found, ({ reviewer }) => reviewer)]
          .map(([reviewer, own]) => shareOf(reviewer, own))
          .toSorted(byCode),
      };
    })
    .toSorted((a, b) => a.sectionKey.localeCompare(b.sectionKey));
}

/**
 * Whether a computed level deserves a look beside the others of its section: a step and a half or more from their mean,
 * where three of them or more are determined. One step away is ordinary on five; from a step and a half on the mean lies
 * as near to a level two steps away as to the one beside it. The number is ours: the norm names none.
 */
export function isOutlying(level: number, { mean, insurers }: Pick<SectionCalibration, 'mean' | 'insurers'>): boolean {
  if (mean === null || insurers < enoughToCompare) return false;
  const away = subtractFractions(fraction(level), mean);
  const size = away.numerator < 0n ? subtractFractions(fraction(0), away) : away;
  return compareFractions(size, fraction(3, 2)) >= 0;
}

/**
 * Whether a determination lies so far from the claim that the case deserves a look: two steps or more. One step may be one
 * criterion that is read otherwise; two say that insurer and supervisor describe another practice. Ours, as above.
 */
export function isFarFromClaim(level: number, claimed: number | null): boolean {
  return claimed !== null && Math.abs(level - claimed) >= 2;
}

type Found = { claimed: number | null; reviewer: string; computed: number; level: number; insurers: number };

const determinedOf = (rows: readonly LevelCount[]): Found[] =>
  rows.flatMap(({ determined, claimed, insurers }) => (determined ? [{ ...determined, claimed, insurers }] : []));

function shareOf(reviewer: string, rows: readonly Found[]): SectionReviewer {
  return {
    reviewer,
    insurers: sum(rows),
    changed: sum(rows.filter(({ computed, level }) => computed !== level)),
    claimed: levelsOf(rows, ({ claimed }) => claimed),
    determined: levelsOf(rows, ({ level }) => level),
    claims: besideClaims(rows),
  };
}

function levelsOf<Row extends { insurers: number }>(rows: readonly Row[], of: (row: Row) => number | null): Levels {
  const on = (level: number) => sum(rows.filter((row) => of(row) === level));
  return [on(1), on(2), on(3), on(4), on(5)];
}

function besideClaims(rows: readonly Found[]): BesideClaims | null {
  const claimed = rows.flatMap((row) => (row.claimed === null ? [] : [{ ...row, by: row.level - row.claimed }]));
  const mean = meanOf(claimed, ({ by }) => by);
  return (
    mean && {
      insurers: sum(claimed),
      higher: sum(claimed.filter(({ by }) => by > 0)),
      lower: sum(claimed.filter(({ by }) => by < 0)),
      mean,
    }
  );
}

function meanOf<Row extends { insurers: number }>(rows: readonly Row[], of: (row: Row) => number): Fraction | null {
  if (rows.length === 0) return null;
  return fraction(
    rows.reduce((total, row) => total + of(row) * row.insurers, 0),
    sum(rows),
  );
}

const sum = (rows: readonly { insurers: number }[]) => rows.reduce((total, { insurers }) => total + insurers, 0);
