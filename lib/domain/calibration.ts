import { type Ground, type Response, responses } from './answers.ts';

/** A verdict that counts, as all alike ones are. `reviewer` is a code, never a name. */
export type CountedVerdict = {
  reviewer: string;
  /** What the insurer said on which it was given; null where the insurer said nothing. */
  on: Response | null;
  response: Response;
  /** Null for a confirmation. */
  ground: Ground | null;
};

/** Insurers that are alike in all that is compared on one criterion, with how many there are. */
export type AnswerCount = {
  criterionKey: string;
  /** What they signed last; null where they have no answer of their own. */
  claimed: Response | null;
  /** Null as long as there is none. */
  verdict: CountedVerdict | null;
  insurers: number;
};

/** How many met, partly met and did not meet. */
export type Tally = Readonly<Record<Response, number>>;

export type ReviewerShare = { reviewer: string; overridden: number; verdicts: number };

/** How one reviewer judges: what insurers said beside the verdicts on it, and which way those lead. */
export type CriterionReviewer = ReviewerShare & { claimed: Tally; judged: Tally; higher: number; lower: number };

export type CriterionCalibration = {
  criterionKey: string;
  /** Over all insurers with an answer of their own, judged or not. */
  claimed: Tally;
  judged: Tally;
  verdicts: number;
  overridden: number;
  /** The ground that was given most, the first in the order of their codes when two are equal. */
  ground: { ground: Ground; verdicts: number } | null;
  /** The two reviewers that differ most in how often they override, when that is by half or more of their verdicts. */
  apart: { more: ReviewerShare; less: ReviewerShare } | null;
  /** It deserves a look before the others (`compareCriteria` says when). */
  outlying: boolean;
  /** In the order of their codes. */
  reviewers: readonly CriterionReviewer[];
};

/** Fewer verdicts of one reviewer on one criterion, or insurers in one section, say nothing about the others. */
export const enoughToCompare = 3;

/**
 * Compares answers and verdicts per criterion. Outliers come first, then what was overridden most, equal ones in the order
 * of their keys. An outlier is a criterion on which two reviewers with three verdicts or more differ by half of their
 * verdicts or more, or of which half of three verdicts or more override: it is then read otherwise as often as not. The
 * numbers are ours, as the norm names none: chosen so that one case alone makes no outlier.
 */
export function compareCriteria(counts: readonly AnswerCount[]): CriterionCalibration[] {
  return [...Map.groupBy(counts, ({ criterionKey }) => criterionKey)]
    .map(([criterionKey, rows]) => {
      const given = judgedOf(rows);
      const { reviewer: _, claimed: __, ...share } = sharesOf('', given);
      const apart = furthestApart(given);
      return {
        criterionKey,
        claimed: tally(rows, ({ claimed }) => claimed),
        ...share,
        ground: mostGiven(given),
        apart,
        outlying: apart !== null || (share.verdicts >= enoughToCompare && share.overridden * 2 >= share.verdicts),
        reviewers: [...Map.groupBy(given, ({ reviewer }) => reviewer)]
          .map(([reviewer, own]) => sharesOf(reviewer, own))
          .toSorted(byCode),
      };
    })
    .toSorted(
      (a, b) =>
        Number(b.outlying) - Number(a.outlying) ||
        b.overridden - a.overridden ||
        a.criterionKey.localeCompare(b.criterionKey),
    );
}

/**
 * How each reviewer judges over all criteria, in the order of their codes.
 * @param others codes of those who may have judged nothing
 */
export function compareReviewers(counts: readonly AnswerCount[], others: readonly string[] = []): CriterionReviewer[] {
  const given = Map.groupBy(judgedOf(counts), ({ reviewer }) => reviewer);
  return [...new Set([...given.keys(), ...others])]
    .map((reviewer) => sharesOf(reviewer, given.get(reviewer) ?? []))
    .toSorted(byCode);
}

/** By the numbers in codes: B2 before B10. */
export function byCode(a: { reviewer: string }, b: { reviewer: string }): number {
  return a.reviewer.localeCompare(b.reviewer, undefined, { numeric: true });
}

type Judged = CountedVerdict & { insurers: number };

const judgedOf = (counts: readonly AnswerCount[]): Judged[] =>
  counts.flatMap(({ verdict, insurers }) => (verdict ? [{ ...verdict, insurers }] : []));

function sharesOf(reviewer: string, rows: readonly Judged[]): CriterionReviewer {
  return {
    reviewer,
    verdicts: sum(rows),
    claimed: tally(rows, ({ on }) => on),
    judged: tally(rows, ({ response }) => response),
    overridden: sum(rows.filter(overrides)),
    higher: sum(rows.filter((row) => leads(row) > 0)),
    lower: sum(rows.filter((row) => leads(row) < 0)),
  };
}

/** Which way a verdict leads beside what it was given on: 0 for a confirmation, and where the insurer said nothing. */
const leads = ({ on, response }: Judged) => (on === null ? 0 : responses.indexOf(on) - responses.indexOf(response));

function tally<Row extends { insurers: number }>(rows: readonly Row[], of: (row: Row) => Response | null): Tally {
  const counted = (response: Response) => sum(rows.filter((row) => of(row) === response));
  return { met: counted('met'), partly: counted('partly'), not_met: counted('not_met') };
}

function mostGiven(rows: readonly Judged[]): CriterionCalibration['ground'] {
  const given = Map.groupBy(rows.filter(overrides), ({ ground }) => ground as Ground);
  const [most] = [...given]
    .map(([ground, own]) => ({ ground, verdicts: sum(own) }))
    .toSorted((a, b) => b.verdicts - a.verdicts || a.ground.localeCompare(b.ground));
  return most ?? null;
}

function furthestApart(rows: readonly Judged[]): CriterionCalibration['apart'] {
  const shares = [...Map.groupBy(rows, ({ reviewer }) => reviewer)]
    .map(([reviewer, own]) => ({ reviewer, overridden: sum(own.filter(overrides)), verdicts: sum(own) }))
    .filter(({ verdicts }) => verdicts >= enoughToCompare)
    .toSorted((a, b) => b.overridden * a.verdicts - a.overridden * b.verdicts || byCode(a, b));
  const [more, less] = [shares.at(0), shares.at(-1)];
  if (!more || !less) return null;
  const difference = more.overridden / more.verdicts - less.overridden / less.verdicts;
  return difference >= 0.5 ? { more, less } : null;
}

const overrides = ({ ground }: CountedVerdict) => ground !== null;
const sum = (rows: readonly { insurers: number }[]) => rows.reduce((total, { insurers }) => total + insurers, 0);
