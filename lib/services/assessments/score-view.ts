import { toLowest } from '#domain/fraction.ts';
import type { Criterion, Framework, Level } from '#domain/framework.ts';
import { type MissingCriterion, missingFor } from '#domain/score-advice.ts';
import { type AssessmentScore, type ResponseLayer, sectionScore, type TraceCode } from '#domain/scoring.ts';

/** One section as outlines and lists show it. */
export type SectionBrief = {
  key: string;
  applies: boolean;
  low: Level | null;
  high: Level | null;
  /** The step whose unfulfilled criterion ends the climb whatever is still answered; null when only open answers lie ahead. */
  stopAt: number | null;
  awaitsIntake: boolean;
  /** The round does not measure it: its level comes from an earlier one. */
  carried: boolean;
  applicable: number;
  responded: number;
};

/** One criterion of the section that is open, in the norm's order. */
export type CriterionBrief = {
  key: string;
  code: TraceCode;
  response: 'met' | 'partly' | 'not_met' | null;
  layer: ResponseLayer | null;
  by: string | null;
};

export type LevelBrief = {
  level: Level;
  reached: boolean;
  passedThrough: boolean;
  /** Criteria that are not fulfilled although answered, and those that are still open. */
  gaps: readonly string[];
  open: readonly string[];
  criteria: readonly string[];
};

/**
 * A score as far as the page of one criterion draws it: all sections in brief, and the one that is open with its trace.
 * Codes and keys only; the page owns the words. Small, since it travels with every saved answer.
 */
export type ScoreView = {
  /** Exact, in lowest terms; null when no section applies. */
  total: { low: string; high: string } | null;
  awaitsIntake: boolean;
  applicable: number;
  responded: number;
  sections: readonly SectionBrief[];
  sectionKey: string;
  criteria: readonly CriterionBrief[];
  levels: readonly LevelBrief[];
  /** The unfulfilled criteria that stop the climb whatever is still answered. */
  stops: readonly string[];
  /** What is missing for the level after the low end; null at 5 and where the section does not apply. */
  missing: { target: Level; criteria: readonly MissingCriterion[] } | null;
};

/** Reduces a score to what the page of a criterion in `sectionKey` draws. */
export function viewScore(framework: Framework, score: AssessmentScore, sectionKey: string): ScoreView {
  const section = sectionScore(score, sectionKey);
  const traces = section?.levels.flatMap(({ criteria }) => criteria) ?? [];
  const target = section?.low && section.low < 5 && !section.carried ? ((section.low + 1) as Level) : null;
  return {
    total: score.total && { low: toLowest(score.total.low), high: toLowest(score.total.high) },
    awaitsIntake: score.awaitsIntake.length > 0,
    applicable: score.counts.applicable,
    responded: score.counts.responded,
    sections: score.sections.map(({ key, applies, carried, low, high, levels, stopsHigh, awaitsIntake }) => {
      const applicable = levels.flatMap(({ criteria }) => criteria).filter((trace) => trace.applies);
      return {
        key,
        applies,
        low,
        high,
        stopAt: high !== null && high < 5 && stopsHigh.length > 0 ? high + 1 : null,
        awaitsIntake: awaitsIntake.length > 0,
        carried,
        applicable: applicable.length,
        responded: applicable.filter((trace) => trace.response !== null).length,
      };
    }),
    sectionKey,
    criteria: traces.map(({ key, code, response, layer, by }) => ({ key, code, response, layer, by })),
    levels: (section?.levels ?? []).map(({ level, reached, passedThrough, criteria }) => ({
      level,
      reached,
      passedThrough,
      gaps: criteria.filter((one) => one.applies && !one.fulfilled && one.response !== null).map(({ key }) => key),
      open: criteria.filter((one) => one.applies && !one.fulfilled && one.response === null).map(({ key }) => key),
      criteria: criteria.filter((one) => one.applies).map(({ key }) => key),
    })),
    stops: section?.stopsHigh ?? [],
    missing: target && { target, criteria: missingFor(framework, score, sectionKey, target) },
  };
}

/** The applicable criteria before and after this one, across sections. */
export function neighboursOf(framework: Framework, score: AssessmentScore, criterion: Criterion) {
  const applies = ({ key }: Criterion) => score.traces[key]?.applies === true;
  const { index } = criterion;
  return {
    previous: framework.criteria.findLast((other) => other.index < index && applies(other)),
    next: framework.criteria.find((other) => other.index > index && applies(other)),
  };
}
