import type { IntakeMap, Response, ResponseMap } from './answers.ts';
import { type Fraction, fraction, weightedMean } from './fraction.ts';
import type { Criterion, Framework, Level, Section } from './framework.ts';

/** What is laid on top of each other (clause 12): answer < outside assessor's result < verdict. No layer overwrites another. */
export type Layers = {
  readonly intake: IntakeMap;
  readonly answers: ResponseMap;
  readonly outside?: ResponseMap;
  readonly verdicts?: ResponseMap;
  readonly intakeVerdicts?: IntakeMap;
  /** Levels of sections that the round carries from an earlier one: they stand, and nothing is asked there. */
  readonly carried?: Readonly<Record<string, Level>>;
};

export type ResponseLayer = 'answer' | 'outside' | 'verdict';

/** Why a criterion counts as it does; the screen owns the words. */
export type TraceCode = 'met' | 'surpassed' | 'partly' | 'not_met' | 'unanswered' | 'not_applicable';

export type CriterionTrace = {
  readonly key: string;
  readonly level: Level;
  readonly applies: boolean;
  /** Intake keys that are false and therefore make it not apply; none when its section is carried. */
  readonly because: readonly string[];
  /** The response that counts; null when unanswered or not applicable. */
  readonly response: Response | null;
  readonly layer: ResponseLayer | null;
  /** Reading unanswered as not met (the low end). */
  readonly fulfilled: boolean;
  /** Reading unanswered as met (the high end). */
  readonly fulfilledHigh: boolean;
  /** The met criterion that surpassed it, directly or through others, when its own response does not fulfil it; else null. */
  readonly by: string | null;
  readonly code: TraceCode;
};

export type LevelTrace = {
  readonly level: Level;
  /** Reached in the low reading: this level and all below it. */
  readonly reached: boolean;
  readonly reachedHigh: boolean;
  /** No applicable criterion: the climb passes through (clause 6). */
  readonly passedThrough: boolean;
  readonly criteria: readonly CriterionTrace[];
};

export type SectionScore = {
  readonly key: string;
  readonly applies: boolean;
  /** Its level comes from an earlier round and was not measured: no levels, nothing that stops the climb. */
  readonly carried: boolean;
  /** Null when the section does not apply. */
  readonly low: Level | null;
  readonly high: Level | null;
  /** Levels 2 to 5; none of a carried section. */
  readonly levels: readonly LevelTrace[];
  /** Unfulfilled criteria of the level just above `low`: they stop the low climb. */
  readonly stops: readonly string[];
  /** The same for `high`: what stops the climb whatever is still answered. */
  readonly stopsHigh: readonly string[];
  /** Unanswered intake keys that decide whether criteria of this section apply. */
  readonly awaitsIntake: readonly string[];
};

export type ScoreCounts = { readonly applicable: number; readonly responded: number; readonly judged: number };

export type AssessmentScore = {
  readonly sections: readonly SectionScore[];
  /** Exact; null when no section applies. */
  readonly total: { readonly low: Fraction; readonly high: Fraction } | null;
  /** Every applicable criterion has a response: then low = high. */
  readonly complete: boolean;
  readonly awaitsIntake: readonly string[];
  readonly counts: ScoreCounts;
  /** The same traces as in `sections`, by criterion key. Plain data throughout: a score can be sent to the browser. */
  readonly traces: Readonly<Record<string, CriterionTrace>>;
};

/**
 * Scores one assessment by the staircase (clauses 1 to 8 and 12): pure, exact, linear in the size of the framework.
 * Keys that the framework does not know are ignored, answers to criteria that do not apply count for nothing.
 * An answer counts only where the criterion applies by the insurer's own intake: what an overridden intake fact makes
 * apply was never answered in this submission, whatever is still stored from before (clause 5).
 */
export function scoreAssessment(framework: Framework, layers: Layers): AssessmentScore {
  const traces: Record<string, CriterionTrace> = {};
  const sections = framework.sections.map((section) => scoreSection(section, layers, traces));
  const applicable = Object.values(traces).filter((trace) => trace.applies);
  const responded = applicable.filter((trace) => trace.response !== null).length;
  return {
    sections,
    total: totalOf(framework, sections),
    complete: responded === applicable.length,
    awaitsIntake: framework.intake
      .map((question) => question.key)
      .filter((key) => intakeFact(layers, key) === undefined),
    counts: {
      applicable: applicable.length,
      responded,
      judged: applicable.filter((trace) => trace.layer === 'verdict').length,
    },
    traces,
  };
}

/** The score of one section by its key; undefined for an unknown key. */
export function sectionScore(score: AssessmentScore, key: string): SectionScore | undefined {
  return score.sections.find((section) => section.key === key);
}

/**
 * Exact weighted mean of determined levels by section key (clauses 7 and 13); a section without one is left out.
 * Null when nothing is determined.
 */
export function determinedTotal(framework: Framework, levels: Readonly<Record<string, Level>>): Fraction | null {
  return meanOf(framework, (key) => ownValue(levels, key) ?? null);
}

function scoreSection(section: Section, layers: Layers, traces: Record<string, CriterionTrace>): SectionScore {
  const carried = ownValue(layers.carried, section.key);
  if (carried !== undefined) return carrySection(section, carried, traces);
  // What surpasses a criterion stands above it (checked when compiling), so from the top down it is already traced.
  for (const criterion of section.criteria.toReversed()) {
    traces[criterion.key] = traceCriterion(criterion, layers, traces);
  }
  const trace = (criterion: Criterion) => traces[criterion.key] as CriterionTrace;
  const applies = section.criteria.some((criterion) => trace(criterion).applies);
  const low = climb(section, (criterion) => trace(criterion).fulfilled);
  const high = climb(section, (criterion) => trace(criterion).fulfilledHigh);
  const decides = new Set(section.criteria.flatMap((criterion) => criterion.appliesWhen));
  return {
    key: section.key,
    applies,
    carried: false,
    low: applies ? low.level : null,
    high: applies ? high.level : null,
    levels: section.levels.map(({ level, criteria }) => ({
      level,
      reached: applies && level <= low.level,
      reachedHigh: applies && level <= high.level,
      passedThrough: !criteria.some((criterion) => trace(criterion).applies),
      criteria: criteria.map(trace),
    })),
    stops: low.stops,
    stopsHigh: high.stops,
    awaitsIntake: [...decides].filter((key) => intakeFact(layers, key) === undefined),
  };

  function climb(from: Section, fulfilled: (criterion: Criterion) => boolean) {
    let reached: Level = 1;
    for (const { level, criteria } of from.levels) {
      const gaps = criteria.filter((criterion) => trace(criterion).applies && !fulfilled(criterion));
      if (gaps.length > 0) return { level: reached, stops: gaps.map((criterion) => criterion.key) };
      reached = level;
    }
    return { level: reached, stops: [] };
  }
}

/** A round that does not measure a section carries its last determined level: its criteria ask nothing. */
function carrySection({ key, criteria }: Section, level: Level, traces: Record<string, CriterionTrace>): SectionScore {
  for (const criterion of criteria) traces[criterion.key] = notApplicable(criterion, []);
  const nothing = { levels: [], stops: [], stopsHigh: [], awaitsIntake: [] };
  return { key, applies: true, carried: true, low: level, high: level, ...nothing };
}

function notApplicable({ key, level }: Criterion, because: readonly string[]): CriterionTrace {
  const nothing = { response: null, layer: null, fulfilled: false, fulfilledHigh: false, by: null } as const;
  return { key, level, applies: false, because, ...nothing, code: 'not_applicable' };
}

function traceCriterion(
  criterion: Criterion,
  layers: Layers,
  above: Readonly<Record<string, CriterionTrace>>,
): CriterionTrace {
  const { key, level } = criterion;
  const because = criterion.appliesWhen.filter((fact) => intakeFact(layers, fact) === false);
  if (because.length > 0) return notApplicable(criterion, because);
  const { response, layer } = responseTo(criterion, layers);
  const met = response === 'met';
  const better = criterion.fulfilledBy.map((other) => above[other] as CriterionTrace);
  const surpassing = better.find((other) => other.fulfilled);
  const by = met || !surpassing ? null : (surpassing.by ?? surpassing.key);
  return {
    key,
    level,
    applies: true,
    because,
    response,
    layer,
    fulfilled: met || by !== null,
    fulfilledHigh: met || response === null || better.some((other) => other.fulfilledHigh),
    by,
    code: by === null ? (response ?? 'unanswered') : 'surpassed',
  };
}

function responseTo(criterion: Criterion, layers: Layers): { response: Response | null; layer: ResponseLayer | null } {
  const { key } = criterion;
  const verdict = ownValue(layers.verdicts, key);
  if (verdict !== undefined) return { response: verdict, layer: 'verdict' };
  const outside = ownValue(layers.outside, key);
  if (outside !== undefined) return { response: outside, layer: 'outside' };
  const asked = criterion.appliesWhen.every((fact) => ownValue(layers.intake, fact) !== false);
  const answer = asked ? ownValue(layers.answers, key) : undefined;
  return answer === undefined ? { response: null, layer: null } : { response: answer, layer: 'answer' };
}

function intakeFact(layers: Layers, key: string): boolean | undefined {
  return ownValue(layers.intakeVerdicts, key) ?? ownValue(layers.intake, key);
}

/** Own keys only: maps come from files and forms, and `constructor` is no criterion. */
function ownValue<T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

function totalOf(framework: Framework, sections: readonly SectionScore[]): AssessmentScore['total'] {
  const byKey = new Map(sections.map((section) => [section.key, section]));
  const low = meanOf(framework, (key) => byKey.get(key)?.low ?? null);
  const high = meanOf(framework, (key) => byKey.get(key)?.high ?? null);
  return low === null || high === null ? null : { low, high };
}

function meanOf(framework: Framework, levelOf: (key: string) => Level | null): Fraction | null {
  return weightedMean(
    framework.sections.flatMap(({ key, weight }) => {
      const level = levelOf(key);
      return level === null ? [] : [{ value: fraction(level), weight }];
    }),
  );
}
