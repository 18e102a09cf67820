import 'server-only';
import { type Response, responses } from '#domain/answers.ts';
import type { ScanState } from '#domain/evidence-rules.ts';
import type { Criterion, IntakeQuestion, Level, LocalizedText } from '#domain/framework.ts';
import { effectOf, weakenedBy, weakenedByIntake } from '#domain/score-advice.ts';
import { type SectionScore, scoreAssessment, sectionScore } from '#domain/scoring.ts';
import type { CarriedLevel, OutsideResult, PinnedEvidence } from '#domain/snapshot.ts';
import { type ChangedPart, changedParts } from '#domain/standing-verdicts.ts';
import { type Consequence, consequenceOf } from './append-verdict.ts';
import { claimedResponse } from './decide-criterion.ts';
import { isTakenBack, type OutsideImport, type ReviewFacts } from './review-facts.ts';
import { type CriterionLine, criterionLine, type ReviewSource, type VerdictView, verdictView } from './review-view.ts';
import { undisputedCriteria } from './undisputed.ts';

/** A piece of evidence under one criterion, with every place that it is named for. */
export type EvidenceView = PinnedEvidence & { locators: readonly string[]; scan: ScanState };

export type CriterionView = CriterionLine & {
  criterion: Criterion;
  explanation: string;
  evidence: readonly EvidenceView[];
  outsideResult: OutsideResult | null;
  outsideImport: OutsideImport | null;
  /** An outside assessor could have established it and did not. */
  selfDeclared: boolean;
  /** The round does not measure the section: where its level comes from. */
  carried: CarriedLevel | null;
  /** What a verdict is measured against: the outside result, else the answer; null when there is neither. */
  claimed: Response | null;
  /** The version that the next verdict is made on. */
  version: number;
  /** What was said before the insurer changed its answer, and what it changed. */
  before: {
    response: Response | null;
    explanation: string;
    /** Null where nobody judged what was said then. */
    verdict: VerdictView | null;
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
    outsideImport: facts.outsideImports[criterionKey] ?? null,
    selfDeclared: framework.section(sectionKey)?.outsideAssessor === true && !facts.outside[criterionKey],
    carried: snapshot?.carried?.[sectionKey] ?? null,
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
      ? [
          {
            ...piece,
            locators: found.map(({ locator }) => locator).filter((locator) => locator !== ''),
            scan: submission?.unclean[piece.id] ?? 'clean',
          },
        ]
      : [];
  });
}

function beforeOf(source: ReviewSource, criterionKey: string): CriterionView['before'] {
  const { facts, review } = source;
  const { submission, previous, earlier } = facts;
  const last = facts.criterionVerdicts[criterionKey];
  const verdict = last && !isTakenBack(last) && last.submissionId !== submission?.id ? last : undefined;
  const then = verdict ? earlier[verdict.submissionId] : previous && earlier[previous.id];
  if (!submission || !then || review.standing.criteria.has(criterionKey)) return null;
  const parts = changedParts(criterionKey, then, submission.snapshot);
  if (parts.length === 0) return null;
  const answer = then.answers[criterionKey];
  return {
    response: answer?.response ?? null,
    explanation: answer?.explanation ?? '',
    verdict: verdict ? verdictView(source, verdict) : null,
    parts,
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
  level: Level;
  short: LocalizedText;
  text: LocalizedText;
  response: Response;
};

/** What may be confirmed together, in the norm's order. */
export function undisputedLines({ framework, review }: ReviewSource, disputed: ReadonlySet<string>): UndisputedLine[] {
  return undisputedCriteria(framework, review, disputed).flatMap((criterionKey) => {
    const { key, sectionKey, level, short, text } = framework.criterion(criterionKey) as Criterion;
    const response = review.computed.traces[key]?.response;
    return response ? [{ key, sectionKey, level, short, text, response }] : [];
  });
}
