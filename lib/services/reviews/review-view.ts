import 'server-only';
import { type Ground, type Response, responses } from '#domain/answers.ts';
import { type Fraction, fraction } from '#domain/fraction.ts';
import type { Criterion, Framework, IntakeQuestion, Level, LocalizedText, Section } from '#domain/framework.ts';
import { effectOf, weakenedBy, weakenedByIntake } from '#domain/score-advice.ts';
import {
  type CriterionTrace,
  determinedTotal,
  type SectionScore,
  scoreAssessment,
  sectionScore,
} from '#domain/scoring.ts';
import type { OutsideResult, PinnedEvidence } from '#domain/snapshot.ts';
import { type ChangedPart, changedParts } from '#domain/standing-verdicts.ts';
import type { State } from '#domain/workflow.ts';
import { type Consequence, consequenceOf } from './append-verdict.ts';
import type { Codes } from './colleagues.ts';
import type { DeterminationState, Review } from './compute-review.ts';
import { claimedResponse } from './decide-criterion.ts';
import type { ReviewFacts, Verdict } from './review-facts.ts';
import { undisputedCriteria } from './undisputed.ts';

/** What the views are made of. */
export type ReviewSource = { framework: Framework; facts: ReviewFacts; review: Review; codes: Codes };

/** A verdict as the workspace shows it; `by` is a colleague's code, null for who is none any more. */
export type VerdictView = {
  version: number;
  response: Response | null;
  intakeValue: boolean | null;
  overrides: boolean;
  ground: Ground | null;
  reason: string;
  decidedAt: Date;
  by: string | null;
};

/** A section in the strip: whose score is what. */
export type SectionHead = {
  key: string;
  title: LocalizedText;
  applies: boolean;
  own: SectionScore;
  computed: SectionScore;
  determination: DeterminationState;
  determined: Level | null;
  /** Criteria that apply and ask for a verdict or have one, and those that have one. */
  toBeJudged: number;
  judged: number;
};

export type ReviewHead = {
  assessmentId: string;
  reference: string;
  organisation: { name: string; number: string };
  round: { name: string; productScope: string; decisionsDueAt: Date; hearing: boolean };
  state: State;
  submission: { number: number; signedAt: Date; signatory: { name: string; function: string } } | null;
  sections: readonly SectionHead[];
  totals: { own: Fraction | null; ownHigh: Fraction | null; computed: Fraction | null; determined: Fraction | null };
  toJudge: Review['toJudge'];
  source: Framework['source'];
};

export function reviewHead({ framework, facts, review }: ReviewSource): ReviewHead {
  const { submission, assessment, round } = facts;
  return {
    assessmentId: assessment.id,
    reference: assessment.reference,
    organisation: facts.organisation,
    round: {
      name: round.name,
      productScope: round.productScope,
      decisionsDueAt: round.decisionsDueAt,
      hearing: round.hearing,
    },
    state: assessment.state,
    submission: submission && {
      number: submission.number,
      signedAt: submission.signedAt,
      signatory: submission.snapshot.signatory,
    },
    sections: framework.sections.map((section) => sectionHead(review, section)),
    totals: {
      own: review.own.total?.low ?? null,
      ownHigh: review.own.total?.high ?? null,
      computed: review.computed.total?.low ?? null,
      determined: review.determinedTotal,
    },
    toJudge: review.toJudge,
    source: framework.source,
  };
}

function sectionHead(review: Review, { key, title, criteria }: Section): SectionHead {
  const computed = sectionScore(review.computed, key) as SectionScore;
  const asked = criteria.map((criterion) => review.computed.traces[criterion.key]).filter(isAsked);
  return {
    key,
    title,
    applies: computed.applies,
    own: sectionScore(review.own, key) as SectionScore,
    computed,
    determination: review.determination[key] ?? 'none',
    determined: review.determined[key] ?? null,
    toBeJudged: asked.length,
    judged: asked.filter((trace) => trace?.layer === 'verdict').length,
  };
}

const isAsked = (trace: CriterionTrace | undefined) => trace?.applies === true && trace.layer !== 'outside';

/** A line of the outline. */
export type CriterionLine = {
  key: string;
  short: LocalizedText;
  text: LocalizedText;
  trace: CriterionTrace;
  answer: Response | null;
  outside: Response | null;
  /** The verdict that counts now. */
  verdict: VerdictView | null;
  /** A verdict was given on an answer that has changed since. */
  askedAgain: boolean;
  stops: boolean;
};

export type SectionView = SectionHead & {
  section: Section;
  levels: readonly { level: Level; name: LocalizedText; criteria: readonly CriterionLine[] }[];
  determinationNow: {
    version: number;
    level: Level;
    computedLevel: Level;
    reason: string;
    determinedAt: Date;
    by: string | null;
  } | null;
  /** Exact totals, should the section be determined on each level. */
  totalsByLevel: Readonly<Record<Level, Fraction>>;
};

export function sectionView(source: ReviewSource, section: Section): SectionView {
  const { framework, facts, review, codes } = source;
  const head = sectionHead(review, section);
  const made = facts.determinations[section.key];
  const names = new Map(framework.levels.map(({ level, name }) => [level, name]));
  return {
    ...head,
    section,
    levels: section.levels.map(({ level, criteria }) => ({
      level,
      name: names.get(level) ?? { nl: '', en: '' },
      criteria: criteria.map((criterion) => criterionLine(source, criterion, head.computed)),
    })),
    determinationNow: made
      ? {
          version: made.version,
          level: made.level as Level,
          computedLevel: made.computedLevel as Level,
          reason: made.reason,
          determinedAt: made.determinedAt,
          by: codes[made.determinedBy] ?? null,
        }
      : null,
    totalsByLevel: totalsByLevel(source, section.key),
  };
}

/** Sections without a determination count as computed. */
function totalsByLevel({ framework, review }: ReviewSource, sectionKey: string): Record<Level, Fraction> {
  const levels = ([1, 2, 3, 4, 5] as const).map((level) => [level, totalWith(level)] as const);
  return Object.fromEntries(levels) as Record<Level, Fraction>;

  function totalWith(level: Level): Fraction {
    const known = review.computed.sections.flatMap(({ key, low }) => {
      const counts = key === sectionKey ? level : (review.determined[key] ?? low);
      return counts === null ? [] : [[key, counts] as const];
    });
    return determinedTotal(framework, Object.fromEntries(known)) ?? fraction(level);
  }
}

function criterionLine(source: ReviewSource, criterion: Criterion, computed: SectionScore): CriterionLine {
  const { facts, review } = source;
  const { key, short, text } = criterion;
  const standing = review.standing.criteria.has(key);
  const verdict = facts.criterionVerdicts[key];
  const trace = review.computed.traces[key] as CriterionTrace;
  return {
    key,
    short,
    text,
    trace,
    answer: facts.submission?.snapshot.answers[key]?.response ?? null,
    outside: facts.outside[key]?.response ?? null,
    verdict: verdict && standing ? verdictView(source, verdict) : null,
    askedAgain: verdict !== undefined && !standing && trace.applies,
    stops: computed.stops.includes(key),
  };
}

/** A piece of evidence under one criterion, with every place that it is named for. */
export type EvidenceView = PinnedEvidence & { locators: readonly string[] };

export type CriterionView = CriterionLine & {
  criterion: Criterion;
  explanation: string;
  evidence: readonly EvidenceView[];
  outsideResult: OutsideResult | null;
  /** What a verdict is measured against: the outside result, else the answer; null when there is neither. */
  claimed: Response | null;
  /** The version that the next verdict is made on. */
  version: number;
  /** What was said before the insurer changed its answer, and what it changed. */
  before: {
    response: Response | null;
    explanation: string;
    verdict: VerdictView;
    parts: readonly ChangedPart[];
  } | null;
  /** What each response would do, and which criteria must be judged first (clause 14). */
  consequences: Readonly<Record<Response, Consequence & { weakened: readonly string[] }>>;
  previous: string | null;
  next: string | null;
};

export function criterionView(source: ReviewSource, criterionKey: string): CriterionView {
  const { framework, facts, review } = source;
  const criterion = framework.criterion(criterionKey) as Criterion;
  const { sectionKey } = criterion;
  const snapshot = facts.submission?.snapshot;
  const neighbour = (other: Criterion | undefined) => (other?.sectionKey === sectionKey ? other.key : null);
  return {
    ...criterionLine(source, criterion, sectionScore(review.computed, sectionKey) as SectionScore),
    criterion,
    explanation: snapshot?.answers[criterionKey]?.explanation ?? '',
    evidence: evidenceOf(facts, criterionKey),
    outsideResult: facts.outside[criterionKey] ?? null,
    claimed: claimedResponse(framework, review.layers, criterionKey),
    version: facts.criterionVerdicts[criterionKey]?.version ?? 0,
    before: beforeOf(source, criterionKey),
    consequences: Object.fromEntries(
      responses.map((response) => {
        const { before, after } = effectOf(framework, review.layers, criterionKey, response, 'verdicts');
        const weakened = weakenedBy(framework, review.layers, criterionKey, response);
        return [response, { ...consequenceOf(before, after), weakened }];
      }),
    ) as CriterionView['consequences'],
    previous: neighbour(framework.previous(criterionKey)),
    next: neighbour(framework.next(criterionKey)),
  };
}

function evidenceOf({ submission }: ReviewFacts, criterionKey: string): EvidenceView[] {
  const links = submission?.snapshot.evidenceLinks.filter((link) => link.criterionKey === criterionKey) ?? [];
  const byEvidence = Map.groupBy(links, (link) => link.evidenceId);
  return (submission?.snapshot.evidence ?? []).flatMap((piece) => {
    const found = byEvidence.get(piece.id);
    return found
      ? [{ ...piece, locators: found.map(({ locator }) => locator).filter((locator) => locator !== '') }]
      : [];
  });
}

function beforeOf(source: ReviewSource, criterionKey: string): CriterionView['before'] {
  const { facts, review } = source;
  const verdict = facts.criterionVerdicts[criterionKey];
  const then = verdict && facts.earlier[verdict.submissionId];
  if (!verdict || !then || !facts.submission || review.standing.criteria.has(criterionKey)) return null;
  const answer = then.answers[criterionKey];
  return {
    response: answer?.response ?? null,
    explanation: answer?.explanation ?? '',
    verdict: verdictView(source, verdict),
    parts: changedParts(criterionKey, then, facts.submission.snapshot),
  };
}

export type IntakeView = {
  question: IntakeQuestion;
  /** What the insurer stated. */
  value: boolean | null;
  verdict: VerdictView | null;
  askedAgain: boolean;
  version: number;
  consequences: Readonly<Record<'yes' | 'no', Consequence & { weakened: readonly string[] }>>;
};

export function intakeView(source: ReviewSource): IntakeView[] {
  const { framework, facts, review } = source;
  const { layers, computed, standing } = review;
  const consequence = (key: string, value: boolean) => {
    const after = scoreAssessment(framework, { ...layers, intakeVerdicts: { ...layers.intakeVerdicts, [key]: value } });
    return { ...consequenceOf(computed, after), weakened: weakenedByIntake(framework, layers, key, value) };
  };
  return framework.intake.map((question) => {
    const { key } = question;
    const verdict = facts.intakeVerdicts[key];
    return {
      question,
      value: layers.intake[key] ?? null,
      verdict: verdict && standing.intake.has(key) ? verdictView(source, verdict) : null,
      askedAgain: verdict !== undefined && !standing.intake.has(key),
      version: verdict?.version ?? 0,
      consequences: { yes: consequence(key, true), no: consequence(key, false) },
    };
  });
}

export type UndisputedLine = {
  key: string;
  sectionKey: string;
  short: LocalizedText;
  text: LocalizedText;
  response: Response;
};

/** What may be confirmed together, in the norm's order. */
export function undisputedLines({ framework, review }: ReviewSource): UndisputedLine[] {
  return undisputedCriteria(framework, review).flatMap((criterionKey) => {
    const { key, sectionKey, short, text } = framework.criterion(criterionKey) as Criterion;
    const response = review.computed.traces[key]?.response;
    return response ? [{ key, sectionKey, short, text, response }] : [];
  });
}

function verdictView({ codes }: ReviewSource, verdict: Verdict): VerdictView {
  const { version, response, intakeValue, overrides, ground, reason, decidedAt, decidedBy } = verdict;
  return { version, response, intakeValue, overrides, ground, reason, decidedAt, by: codes[decidedBy] ?? null };
}
