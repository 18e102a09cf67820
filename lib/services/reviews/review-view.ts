import 'server-only';
import type { Ground, Response } from '#domain/answers.ts';
import type { ClaimCounts } from '#domain/findings.ts';
import { type Fraction, fraction } from '#domain/fraction.ts';
import type { Criterion, Framework, Level, LocalizedText, Section } from '#domain/framework.ts';
import { type CriterionTrace, determinedTotal, type SectionScore, sectionScore } from '#domain/scoring.ts';
import type { CarriedLevel } from '#domain/snapshot.ts';
import { type ChangedPart, changedParts } from '#domain/standing-verdicts.ts';
import type { State } from '#domain/workflow.ts';
import type { Codes } from './colleagues.ts';
import type { DeterminationState, Review } from './compute-review.ts';
import { isTakenBack, type ReviewFacts, type Verdict } from './review-facts.ts';

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
  claimCounts: ClaimCounts | null;
};

/** A section in the strip: whose score is what. */
export type SectionHead = {
  key: string;
  title: LocalizedText;
  applies: boolean;
  /** Where its level comes from when the round does not measure it. */
  carried: CarriedLevel | null;
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
    sections: framework.sections.map((section) => sectionHead(facts, review, section)),
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

function sectionHead({ submission }: ReviewFacts, review: Review, { key, title, criteria }: Section): SectionHead {
  const computed = sectionScore(review.computed, key) as SectionScore;
  const asked = criteria.map((criterion) => review.computed.traces[criterion.key]).filter(isAsked);
  return {
    key,
    title,
    applies: computed.applies,
    carried: submission?.snapshot.carried?.[key] ?? null,
    own: sectionScore(review.own, key) as SectionScore,
    computed,
    determination: review.determination[key] ?? 'none',
    determined: review.determined[key] ?? null,
    toBeJudged: asked.length,
    judged: asked.filter((trace) => trace?.layer === 'verdict').length,
  };
}

export const isAsked = (trace: CriterionTrace | undefined) => trace?.applies === true && trace.layer !== 'outside';

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
  /** What the insurer changed since it signed before; empty where it signed once. */
  changed: readonly ChangedPart[];
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
  const head = sectionHead(facts, review, section);
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

export function criterionLine(source: ReviewSource, criterion: Criterion, computed: SectionScore): CriterionLine {
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
    askedAgain: verdict !== undefined && !isTakenBack(verdict) && !standing && trace.applies,
    changed: changedSince(facts, key),
    stops: computed.stops.includes(key),
  };
}

/** What differs about a criterion between the last two submissions. */
export function changedSince({ submission, previous, earlier }: ReviewFacts, criterionKey: string) {
  const then = previous && earlier[previous.id];
  return submission && then ? changedParts(criterionKey, then, submission.snapshot) : [];
}

export function verdictView({ codes }: ReviewSource, verdict: Verdict): VerdictView {
  const { version, response, intakeValue, overrides, ground, reason, decidedAt, decidedBy, claimCounts } = verdict;
  const by = codes[decidedBy] ?? null;
  return { version, response, intakeValue, overrides, ground, reason, decidedAt, by, claimCounts };
}
