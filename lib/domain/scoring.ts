import type { IntakeMap, Response, ResponseMap } from './answers.ts';
import type { Fraction } from './fraction.ts';
import type { Framework, Level } from './framework.ts';

/** What is laid on top of each other (clause 12): answer < outside assessor's result < verdict. No layer overwrites another. */
export type Layers = {
  readonly intake: IntakeMap;
  readonly answers: ResponseMap;
  readonly outside?: ResponseMap;
  readonly verdicts?: ResponseMap;
  readonly intakeVerdicts?: IntakeMap;
};

export type ResponseLayer = 'answer' | 'outside' | 'verdict';

/** Why a criterion counts as it does; the screen owns the words. */
export type TraceCode = 'met' | 'surpassed' | 'partly' | 'not_met' | 'unanswered' | 'not_applicable';

export type CriterionTrace = {
  readonly key: string;
  readonly level: Level;
  readonly applies: boolean;
  /** Intake keys that are false and therefore make it not apply. */
  readonly because: readonly string[];
  /** The response that counts; null when unanswered or not applicable. */
  readonly response: Response | null;
  readonly layer: ResponseLayer | null;
  /** Reading unanswered as not met (the low end). */
  readonly fulfilled: boolean;
  /** Reading unanswered as met (the high end). */
  readonly fulfilledHigh: boolean;
  /** The criterion that surpassed it, when its own response does not fulfil it; null otherwise. */
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
  /** Null when the section does not apply. */
  readonly low: Level | null;
  readonly high: Level | null;
  /** Levels 2 to 5. */
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

export declare function scoreAssessment(framework: Framework, layers: Layers): AssessmentScore;

export type MissingCriterion = {
  readonly criterion: string;
  /** Criteria above the target level that would fulfil it as well ("III.3.c of III.4.a"). */
  readonly orElse: readonly string[];
};
export declare function missingFor(
  framework: Framework,
  score: AssessmentScore,
  sectionKey: string,
  target: Level,
): readonly MissingCriterion[];
export type Effect = {
  readonly before: AssessmentScore;
  readonly after: AssessmentScore;
  /** Other criteria that become fulfilled, or lose it, by this response. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
};
export declare function effectOf(
  framework: Framework,
  layers: Layers,
  criterionKey: string,
  response: Response | null,
  layer?: 'answers' | 'verdicts',
): Effect;
