import type { BlockCode } from '#domain/evidence-rules.ts';
import type { LocalizedText, Section } from '#domain/framework.ts';
import { type AssessmentScore, sectionScore, type TraceCode } from '#domain/scoring.ts';
import type { CarriedLevel } from '#domain/snapshot.ts';
import type { CarriedSections } from './carried-sections.ts';
import type { Work } from './work-facts.ts';

/** One section's score as the small or middle staircase draws it. */
export type ScoreShown = {
  applies: boolean;
  /** The intake decides what applies, and is not answered yet: no score. */
  waiting: boolean;
  low: number;
  high: number;
  /** The step whose unfulfilled criterion stops the climb; undefined when only open answers lie ahead. */
  stopAt: number | undefined;
  /** Where it comes from when the round does not measure this section. */
  carried: CarriedLevel | null;
};

/** One section in the task list and on the page of checks. */
export type SectionWork = {
  key: string;
  title: LocalizedText;
  gist: LocalizedText;
  score: ScoreShown;
  /** What became of each criterion, by level. */
  groups: readonly { key: number; codes: readonly TraceCode[] }[];
  applicable: number;
  responded: number;
  /** Criteria by what they still lack. */
  lacking: { unanswered: number; evidence: number; explanation: number; refused: number };
  /** Where the section opens: its first criterion that lacks something, else its first that applies. */
  startKey: string | null;
};

/** Reduces a section's score to what is drawn. */
export function scoreShown(score: AssessmentScore, sectionKey: string, carried: CarriedSections): ScoreShown {
  const section = sectionScore(score, sectionKey);
  const low = section?.low ?? 1;
  const high = section?.high ?? 1;
  return {
    applies: section?.applies === true,
    waiting: (section?.awaitsIntake.length ?? 0) > 0,
    low,
    high,
    stopAt: high < 5 && !section?.carried ? high + 1 : undefined,
    carried: carried[sectionKey] ?? null,
  };
}

/** Where one section stands. */
export function sectionWork(work: Work, section: Section): SectionWork {
  const { score } = work;
  const traces = section.criteria.flatMap(({ key }) => score.traces[key] ?? []);
  const applicable = traces.filter((trace) => trace.applies);
  const own = work.blocks.filter(({ criterion }) => criterion && applicable.some(({ key }) => key === criterion));
  const count = (...codes: BlockCode[]) => own.filter(({ code }) => codes.includes(code)).length;
  return {
    key: section.key,
    title: section.title,
    gist: section.gist,
    score: scoreShown(score, section.key, work.carried),
    groups: section.levels.map(({ level, criteria }) => ({
      key: level,
      codes: criteria.flatMap(({ key }) => score.traces[key]?.code ?? []),
    })),
    applicable: applicable.length,
    responded: applicable.filter(({ response }) => response !== null).length,
    lacking: {
      unanswered: count('unanswered'),
      evidence: count('evidence_missing'),
      explanation: count('explanation_missing', 'explanation_or_evidence_missing'),
      refused: count('file_refused'),
    },
    startKey: own[0]?.criterion ?? applicable[0]?.key ?? section.criteria[0]?.key ?? null,
  };
}
