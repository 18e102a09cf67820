import type { Response } from './answers.ts';
import { compareFractions, type Fraction, subtractFractions } from './fraction.ts';
import type { Criterion, Framework, Level } from './framework.ts';
import {
  type AssessmentScore,
  type CriterionTrace,
  determinedTotal,
  type Layers,
  scoreAssessment,
  sectionScore,
} from './scoring.ts';

export type MissingCriterion = {
  readonly criterion: string;
  /** Criteria above the target level that would fulfil it as well ("III.3.c of III.4.a"). */
  readonly orElse: readonly string[];
};

/**
 * What is missing for a level (clause 9): the applicable unfulfilled criteria of levels 2 to `target`, in the norm's
 * order, without those that another on the list would fulfil. Empty when the level is reached or the section does not apply.
 */
export function missingFor(
  framework: Framework,
  score: AssessmentScore,
  sectionKey: string,
  target: Level,
): readonly MissingCriterion[] {
  const levels = sectionScore(score, sectionKey)?.levels ?? [];
  const unfulfilled = levels
    .filter(({ level }) => level <= target)
    .flatMap(({ criteria }) => criteria.filter((trace) => trace.applies && !trace.fulfilled));
  const listed = new Set(unfulfilled.map((trace) => trace.key));
  return unfulfilled.flatMap(({ key }) => {
    const better = wouldFulfil(framework, score, key);
    // What is left is above the target: up to there, what would fulfil it is unfulfilled as well, and listed.
    if (better.some((trace) => listed.has(trace.key))) return [];
    return [{ criterion: key, orElse: better.map((trace) => trace.key) }];
  });
}

export type Effect = {
  readonly before: AssessmentScore;
  readonly after: AssessmentScore;
  /** Other criteria that become fulfilled by this response, or lose their fulfilment. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
};

/**
 * What one response would do (the line "Gevolg"): the scores before and after laying it, as an answer or as a verdict.
 * Null takes the response away.
 */
export function effectOf(
  framework: Framework,
  layers: Layers,
  criterionKey: string,
  response: Response | null,
  layer: 'answers' | 'verdicts' = 'answers',
): Effect {
  const { [criterionKey]: held = null, ...rest } = layers[layer] ?? {};
  if (held === response) {
    const score = scoreAssessment(framework, layers);
    return { before: score, after: score, gained: [], lost: [] };
  }
  const changed = response === null ? rest : { ...rest, [criterionKey]: response };
  return compare(framework, layers, { ...layers, [layer]: changed }, criterionKey);
}

/**
 * Clause 14: the criteria without a verdict of their own that this verdict would rob of their fulfilment, in the norm's
 * order. They must be judged first.
 */
export function weakenedBy(
  framework: Framework,
  layers: Layers,
  criterionKey: string,
  response: Response,
): readonly string[] {
  return unjudged(effectOf(framework, layers, criterionKey, response, 'verdicts'));
}

/** The same for a verdict on an intake fact: what it makes inapplicable fulfils nothing any more. */
export function weakenedByIntake(
  framework: Framework,
  layers: Layers,
  intakeKey: string,
  fact: boolean,
): readonly string[] {
  const changed = { ...layers, intakeVerdicts: { ...layers.intakeVerdicts, [intakeKey]: fact } };
  return unjudged(compare(framework, layers, changed));
}

/**
 * Whether the text of level 1 may stand as the result of a section that has `level` (clause 10): at level 1, and where the
 * framework names criteria, only when exactly one of those is fulfilled.
 */
export function levelOneShown(
  named: readonly string[] | null,
  level: Level | null,
  traces: readonly Pick<CriterionTrace, 'key' | 'fulfilled'>[],
): boolean {
  if (level !== 1) return false;
  return named === null || traces.filter(({ key, fulfilled }) => fulfilled && named.includes(key)).length === 1;
}

export type Gain = {
  readonly sectionKey: string;
  readonly from: Level;
  readonly to: Level;
  /** What is missing for the level after `from`; fulfilling these gives `to`, which may lie higher. */
  readonly missing: readonly MissingCriterion[];
  readonly totalBefore: Fraction;
  readonly totalAfter: Fraction;
};

/**
 * Per section what its next criteria would bring: best first, that is the largest rise of the total, then the fewest
 * criteria, then the norm's order. Without `determined` it starts from the low end of the computed scores; with it from
 * the determined levels (clause 13). Sections where no criterion is missing for the next level are left out.
 */
export function gainsOf(
  framework: Framework,
  layers: Layers,
  determined?: Readonly<Record<string, Level>>,
): readonly Gain[] {
  const score = scoreAssessment(framework, layers);
  const levels: Record<string, Level> = {};
  for (const { key, low } of score.sections) {
    const level = determined ? determined[key] : low;
    if (level) levels[key] = level;
  }
  const gains = Object.entries(levels).flatMap(([sectionKey, from]): Gain[] => {
    if (from === 5) return [];
    const missing = missingFor(framework, score, sectionKey, (from + 1) as Level);
    if (missing.length === 0) return [];
    const verdicts = Object.fromEntries(missing.map(({ criterion }) => [criterion, 'met' as const]));
    const after = scoreAssessment(framework, { ...layers, verdicts: { ...layers.verdicts, ...verdicts } });
    const to = sectionScore(after, sectionKey)?.low as Level;
    const totalBefore = determinedTotal(framework, levels) as Fraction;
    const totalAfter = determinedTotal(framework, { ...levels, [sectionKey]: to }) as Fraction;
    return [{ sectionKey, from, to, missing, totalBefore, totalAfter }];
  });
  return gains.toSorted((a, b) => compareFractions(riseOf(b), riseOf(a)) || a.missing.length - b.missing.length);
}

function riseOf(gain: Gain): Fraction {
  return subtractFractions(gain.totalAfter, gain.totalBefore);
}

/** All applicable criteria that would fulfil this one, by way of applicable ones only (what does not apply fulfils nothing). */
function wouldFulfil(framework: Framework, score: AssessmentScore, key: string): readonly CriterionTrace[] {
  const found = new Map<string, CriterionTrace>();
  const follow = (from: string) => {
    for (const better of (framework.criterion(from) as Criterion).fulfilledBy) {
      const trace = score.traces[better] as CriterionTrace;
      if (trace.applies && !found.has(better)) {
        found.set(better, trace);
        follow(better);
      }
    }
  };
  follow(key);
  const place = (trace: CriterionTrace) => Number(framework.criterionIndex.get(trace.key));
  return [...found.values()].toSorted((a, b) => place(a) - place(b));
}

function compare(framework: Framework, layers: Layers, changed: Layers, except?: string): Effect {
  const before = scoreAssessment(framework, layers);
  const after = scoreAssessment(framework, changed);
  const keys = framework.criteria.map((criterion) => criterion.key).filter((key) => key !== except);
  const fulfilled = (score: AssessmentScore, key: string) => score.traces[key]?.fulfilled === true;
  return {
    before,
    after,
    gained: keys.filter((key) => fulfilled(after, key) && !fulfilled(before, key)),
    lost: keys.filter((key) => fulfilled(before, key) && !fulfilled(after, key)),
  };
}

function unjudged({ after, lost }: Effect): readonly string[] {
  return lost.filter((key) => after.traces[key]?.applies && after.traces[key]?.layer !== 'verdict');
}
