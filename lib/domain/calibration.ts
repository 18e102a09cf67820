import { type Ground, type Response, responses } from './answers.ts';
import { compareFractions, type Fraction, fraction, subtractFractions } from './fraction.ts';

/** Verdicts that are alike in all that is compared, with how many there are. `reviewer` is a code, never a name. */
export type VerdictCount = {
  criterionKey: string;
  reviewer: string;
  response: Response;
  /** Where the verdict leads, beside what the insurer said: none for a confirmation, or where the insurer said nothing. */
  direction: 'higher' | 'lower' | null;
  /** Null for a confirmation. */
  ground: Ground | null;
  verdicts: number;
};

/** Determinations that are alike. `claimed` is the level that the insurer's own answers gave, null when there was none. */
export type LevelCount = {
  sectionKey: string;
  reviewer: string;
  computed: number;
  level: number;
  claimed: number | null;
  insurers: number;
};

export type CriterionCalibration = {
  criterionKey: string;
  verdicts: number;
  byResponse: Readonly<Record<Response, number>>;
  overridden: number;
  /** The ground that was given most, the first of the framework's order when two are equal. */
  ground: { ground: Ground; verdicts: number } | null;
  /** The two reviewers that differ most in how often they override, when that is by half or more of their verdicts. */
  apart: { more: ReviewerShare; less: ReviewerShare } | null;
};
export type ReviewerShare = { reviewer: string; overridden: number; verdicts: number };

export type SectionCalibration = {
  sectionKey: string;
  insurers: number;
  /** Insurers on the computed levels 1 to 5. */
  levels: readonly [number, number, number, number, number];
  /** Exact mean of the computed levels. */
  mean: Fraction;
  /** How many were determined on another level than computed. */
  changed: number;
  /** Determined beside claimed, over insurers with a claimed level: how many ended higher, lower, and the mean difference. */
  claims: { insurers: number; higher: number; lower: number; mean: Fraction } | null;
};

export type ReviewerCalibration = {
  reviewer: string;
  verdicts: number;
  overridden: number;
  higher: number;
  lower: number;
  /** Sections that this reviewer determined on another level than computed. */
  changed: number;
};

/** Fewer verdicts than this of one reviewer on one criterion say nothing about how that reviewer reads it. */
export const enoughToCompare = 3;

/** Compares verdicts per criterion: those overridden most come first, equal ones in the order of their keys. */
export function compareCriteria(counts: readonly VerdictCount[]): CriterionCalibration[] {
  return [...Map.groupBy(counts, ({ criterionKey }) => criterionKey)]
    .map(([criterionKey, rows]) => ({
      criterionKey,
      verdicts: sum(rows),
      byResponse: Object.fromEntries(
        responses.map((response) => [response, sum(rows.filter((row) => row.response === response))]),
      ) as Record<Response, number>,
      overridden: sum(rows.filter(overrides)),
      ground: mostGiven(rows),
      apart: furthestApart(rows),
    }))
    .toSorted((a, b) => b.overridden - a.overridden || a.criterionKey.localeCompare(b.criterionKey));
}

/** Compares computed, determined and claimed levels per section, in the order of their keys. */
export function compareSections(counts: readonly LevelCount[]): SectionCalibration[] {
  return [...Map.groupBy(counts, ({ sectionKey }) => sectionKey)]
    .map(([sectionKey, rows]) => {
      const levels = [1, 2, 3, 4, 5].map((level) => insurersOf(rows.filter(({ computed }) => computed === level)));
      const insurers = insurersOf(rows);
      return {
        sectionKey,
        insurers,
        levels: levels as unknown as SectionCalibration['levels'],
        mean: fraction(
          rows.reduce((total, row) => total + row.computed * row.insurers, 0),
          insurers,
        ),
        changed: insurersOf(rows.filter(({ computed, level }) => computed !== level)),
        claims: besideClaims(rows),
      };
    })
    .toSorted((a, b) => a.sectionKey.localeCompare(b.sectionKey));
}

/** Compares reviewers, in the order of their codes. */
export function compareReviewers(
  verdicts: readonly VerdictCount[],
  levels: readonly LevelCount[],
): ReviewerCalibration[] {
  const codes = new Set([...verdicts, ...levels].map(({ reviewer }) => reviewer));
  return [...codes]
    .map((reviewer) => {
      const own = verdicts.filter((row) => row.reviewer === reviewer);
      return {
        reviewer,
        verdicts: sum(own),
        overridden: sum(own.filter(overrides)),
        higher: sum(own.filter(({ direction }) => direction === 'higher')),
        lower: sum(own.filter(({ direction }) => direction === 'lower')),
        changed: insurersOf(levels.filter((row) => row.reviewer === reviewer && row.computed !== row.level)),
      };
    })
    .toSorted((a, b) => a.reviewer.localeCompare(b.reviewer, undefined, { numeric: true }));
}

/** Whether a level lies so far from the mean of its section that the case deserves a look: a step and a half or more. */
export function isOutlying(level: number, mean: Fraction): boolean {
  const away = subtractFractions(fraction(level), mean);
  const size = away.numerator < 0n ? subtractFractions(fraction(0), away) : away;
  return compareFractions(size, fraction(3, 2)) >= 0;
}

function mostGiven(rows: readonly VerdictCount[]): CriterionCalibration['ground'] {
  const given = Map.groupBy(rows.filter(overrides), ({ ground }) => ground as Ground);
  const [most] = [...given]
    .map(([ground, own]) => ({ ground, verdicts: sum(own) }))
    .toSorted((a, b) => b.verdicts - a.verdicts || a.ground.localeCompare(b.ground));
  return most ?? null;
}

function furthestApart(rows: readonly VerdictCount[]): CriterionCalibration['apart'] {
  const shares = [...Map.groupBy(rows, ({ reviewer }) => reviewer)]
    .map(([reviewer, own]) => ({ reviewer, overridden: sum(own.filter(overrides)), verdicts: sum(own) }))
    .filter(({ verdicts }) => verdicts >= enoughToCompare)
    .toSorted((a, b) => b.overridden * a.verdicts - a.overridden * b.verdicts || a.reviewer.localeCompare(b.reviewer));
  const [more, less] = [shares.at(0), shares.at(-1)];
  if (!more || !less) return null;
  const difference = more.overridden / more.verdicts - less.overridden / less.verdicts;
  return difference >= 0.5 ? { more, less } : null;
}

function besideClaims(rows: readonly LevelCount[]): SectionCalibration['claims'] {
  const claimed = rows.flatMap((row) => (row.claimed === null ? [] : [{ ...row, by: row.level - row.claimed }]));
  if (claimed.length === 0) return null;
  const insurers = insurersOf(claimed);
  return {
    insurers,
    higher: insurersOf(claimed.filter(({ by }) => by > 0)),
    lower: insurersOf(claimed.filter(({ by }) => by < 0)),
    mean: fraction(
      claimed.reduce((total, row) => total + row.by * row.insurers, 0),
      insurers,
    ),
  };
}

const overrides = ({ ground }: VerdictCount) => ground !== null;
const sum = (rows: readonly VerdictCount[]) => rows.reduce((total, { verdicts }) => total + verdicts, 0);
const insurersOf = (rows: readonly LevelCount[]) => rows.reduce((total, { insurers }) => total + insurers, 0);
