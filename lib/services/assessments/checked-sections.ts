import type { Response } from '#domain/answers.ts';
import type { BlockCode, ScanState } from '#domain/evidence-rules.ts';
import type { Framework, LocalizedText } from '#domain/framework.ts';
import {
  type AssessmentScore,
  type LevelTrace,
  type SectionScore,
  sectionScore,
  type TraceCode,
} from '#domain/scoring.ts';
import type { OutsideResult, PinnedEvidence } from '#domain/snapshot.ts';
import type { CarriedSections } from './carried-sections.ts';
import { type ScoreShown, scoreShown } from './section-work.ts';

export type CheckedEvidence = {
  id: string;
  kind: PinnedEvidence['kind'];
  title: string;
  webAddress: string | null;
  seenOn: string | null;
  locator: string;
  scan: ScanState | null;
};

/** One answer on the page that shows all of them. */
export type CheckedCriterion = {
  key: string;
  level: number;
  short: LocalizedText;
  applies: boolean;
  /** Short names of the intake facts that make it not apply. */
  because: readonly LocalizedText[];
  code: TraceCode;
  response: Response | null;
  by: string | null;
  outside: OutsideResult | null;
  /** An outside assessor could have established it and did not: the insurer says so itself. */
  selfDeclared: boolean;
  explanation: string;
  evidence: readonly CheckedEvidence[];
  blocks: readonly BlockCode[];
  /** What the supervisor asked about it when it sent the assessment back. */
  asks: readonly string[];
};

/** One step of a section's score: reached, passed through, where it stops, what is still open there, or what lies above. */
export type ScoreStep = {
  level: number;
  outcome: 'reached' | 'passed' | 'stops' | 'open' | 'above';
  fulfilled: number;
  applicable: number;
  /** The criteria that stop it, or are still open. */
  keys: readonly string[];
};

export type CheckedSection = {
  key: string;
  title: LocalizedText;
  score: ScoreShown;
  applicable: number;
  responded: number;
  /** Levels 2 to 5; none where the section does not apply. */
  steps: readonly ScoreStep[];
  criteria: readonly CheckedCriterion[];
  /** What the supervisor asked about the section as a whole. */
  asks: readonly string[];
};

type Facts = {
  score: AssessmentScore;
  explanationOf: (criterionKey: string) => string;
  outside: Readonly<Record<string, OutsideResult>>;
  carried: CarriedSections;
  evidenceOf: (criterionKey: string) => readonly CheckedEvidence[];
  /** By key of a criterion or of a section. */
  asksOf: (key: string) => readonly string[];
  blocksOf: (criterionKey: string) => readonly BlockCode[];
};

/** All answers in the order of the framework, from work in progress or from what was signed. */
export function checkedSections(framework: Framework, facts: Facts): CheckedSection[] {
  return framework.sections.map((section) => {
    const criteria = section.criteria.map(({ key, level, short }): CheckedCriterion => {
      const trace = facts.score.traces[key];
      return {
        key,
        level,
        short,
        applies: trace?.applies === true,
        because: (trace?.because ?? []).flatMap((fact) => framework.intakeQuestion(fact)?.short ?? []),
        code: trace?.code ?? 'not_applicable',
        response: trace?.response ?? null,
        by: trace?.by ?? null,
        outside: facts.outside[key] ?? null,
        selfDeclared: section.outsideAssessor && trace?.applies === true && !facts.outside[key],
        explanation: facts.explanationOf(key),
        evidence: facts.evidenceOf(key),
        blocks: facts.blocksOf(key),
        asks: facts.asksOf(key),
      };
    });
    const applicable = criteria.filter(({ applies }) => applies);
    return {
      key: section.key,
      title: section.title,
      score: scoreShown(facts.score, section.key, facts.carried),
      applicable: applicable.length,
      responded: applicable.filter(({ response }) => response !== null).length,
      steps: stepsOf(sectionScore(facts.score, section.key)),
      criteria,
      asks: facts.asksOf(section.key),
    };
  });
}

function stepsOf(section: SectionScore | undefined): ScoreStep[] {
  if (!section?.applies) return [];
  return section.levels.map((level) => stepOf(level, section.stops));
}

function stepOf({ level, reached, passedThrough, criteria }: LevelTrace, stops: readonly string[]): ScoreStep {
  const applicable = criteria.filter(({ applies }) => applies);
  const counts = {
    level,
    fulfilled: applicable.filter(({ fulfilled }) => fulfilled).length,
    applicable: applicable.length,
  };
  if (passedThrough) return { ...counts, outcome: 'passed', keys: [] };
  if (reached) return { ...counts, outcome: 'reached', keys: [] };
  const gaps = applicable.filter(({ key }) => stops.includes(key));
  const answered = gaps.filter(({ response }) => response !== null);
  const keys = (answered.length > 0 ? answered : gaps).map(({ key }) => key);
  if (keys.length === 0) return { ...counts, outcome: 'above', keys };
  return { ...counts, outcome: answered.length > 0 ? 'stops' : 'open', keys };
}
