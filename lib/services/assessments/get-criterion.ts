import 'server-only';
import { z } from 'zod';
import type { Response } from '#domain/answers.ts';
import { type BlockCode, submissionBlocks } from '#domain/evidence-rules.ts';
import type { Criterion, Framework, Level, LocalizedText } from '#domain/framework.ts';
import { type Actor, can } from '#domain/policy.ts';
import { type AssessmentScore, scoreAssessment, sectionScore } from '#domain/scoring.ts';
import type { CarriedLevel, OutsideResult } from '#domain/snapshot.ts';
import { daysLeft, isOver } from '#domain/terms.ts';
import { applyTransition, type State } from '#domain/workflow.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { claimsAsked } from '#services/claims/claims-asked.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { type EvidencePiece, readEvidence } from '#services/evidence/evidence-facts.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { readLastRound } from '#services/last-round/last-round-facts.ts';
import { type LastRoundView, lastRoundView, takenOverAt } from '#services/last-round/last-round-view.ts';
import { type PresentColleague, presentColleagues } from '#services/live/present-colleagues.ts';
import { type CriterionNotes, readCriterionNotes } from '#services/notes/criterion-notes.ts';
import { openOf, type RequestView, readRequests, requestViews } from '#services/requests/request-facts.ts';
import { readInsurerFacts } from './assessment-facts.ts';
import { type AssessmentStatus, standsFor } from './assessment-status.ts';
import { readAnswers, readAssessment, readOutside } from './criterion-facts.ts';
import { type ReturnedReasons, readReturnedReasons } from './returned-reasons.ts';
import { neighboursOf, type ScoreView, viewScore } from './score-view.ts';

export type GetCriterionInput = { assessmentId: string; criterionKey: string };

/** Why the page cannot be written in, and who acts; null when it can. */
export type ReadOnly = { because: 'role' | 'section' | 'state' | 'carried' | 'not_applicable' } | null;

export type CriterionText = {
  key: string;
  level: Level;
  short: LocalizedText;
  text: LocalizedText;
  help: Criterion['help'];
  evidenceAsked: boolean;
  claimFiles: boolean;
  derived: boolean;
  /** The short names of the intake facts by which it applies, or does not. */
  appliesWhen: readonly LocalizedText[];
  fulfilledBy: readonly string[];
};

export type OutlineSection = {
  key: string;
  title: LocalizedText;
  /** The criterion that its line leads to: the first open one, else the first that applies; null when none does. */
  leadsTo: string | null;
  blocking: number;
};

export type CriterionPage = {
  readAt: string;
  userId: string;
  assessment: Pick<AssessmentStatus, 'state' | 'nextBy' | 'hearing'> & {
    id: string;
    reference: string;
    roundName: string;
    deadlineAt: string;
    daysLeft: number;
    deadlineOver: boolean;
  };
  framework: { publisher: string; title: string; authority: 'nl' | 'en'; levelName: LocalizedText };
  section: { key: string; title: LocalizedText; sourceNote: LocalizedText | null };
  criterion: CriterionText;
  /** The criteria of the section, for the outline and the words of the score. */
  neighbours: readonly { key: string; level: Level; short: LocalizedText; text: LocalizedText }[];
  outline: readonly OutlineSection[];
  intakeComplete: boolean;
  answer: { response: Response | null; explanation: string; version: number; savedAt: string | null };
  lastRound: LastRoundView | null;
  /** The round out of which the explanation came, while nobody edited it. */
  takenOver: string | null;
  /** What was measured; `importedAt`: since when it stands here. */
  outside: (OutsideResult & { importedAt: Date }) | null;
  /** Nobody measured it although an outside assessor can: the answer is marked as self-declared. */
  selfDeclared: boolean;
  /** The round does not measure this section: where its level comes from. */
  carried: CarriedLevel | null;
  score: ScoreView;
  blocks: Readonly<Record<string, readonly BlockCode[]>>;
  evidence: readonly EvidencePiece[];
  /** What is stored in this assessment and does not support this criterion yet. */
  otherEvidence: readonly EvidencePiece[];
  /** What colleagues of the insurer told each other here. */
  notes: CriterionNotes;
  readOnly: ReadOnly;
  /** Who else has the assessment open. */
  colleagues: readonly PresentColleague[];
  /** What the supervisor asks, here and elsewhere, since it sent the assessment back. */
  returned: ReturnedReasons | null;
  /** What it asks about this criterion while it reviews. */
  requests: readonly RequestView[];
  previous: string | null;
  /** The next applicable criterion; null: only checking and signing follow. */
  next: { key: string; short: LocalizedText } | null;
};

/** Everything that the page of one criterion shows, in one flight. */
export async function getCriterion(ctx: Context, input: GetCriterionInput): Promise<CriterionPage> {
  onlyInsurer(ctx.actor);
  if (!z.uuid().safeParse(input.assessmentId).success) throw notFound();
  return inTransaction(ctx, async (tx) => {
    const [
      { assessment, hearing, listGiven },
      facts,
      given,
      pieces,
      results,
      notes,
      last,
      colleagues,
      returned,
      requests,
    ] = await Promise.all([
      readAssessment(tx, input.assessmentId),
      readInsurerFacts(tx, input.assessmentId),
      readAnswers(tx, input),
      readEvidence(tx, input.assessmentId),
      readOutside(tx, input),
      readCriterionNotes(tx, ctx.actor, input),
      readLastRound(tx, input.assessmentId, [input.criterionKey]),
      presentColleagues(tx, input.assessmentId, ctx),
      readReturnedReasons(tx, input.assessmentId),
      readRequests(tx, input.assessmentId),
    ]);
    authorize(ctx.actor, 'assessment.read', { organisationId: assessment.organisationId });
    const framework = await compiledFramework(tx, facts.framework);
    const criterion = framework.criterion(input.criterionKey);
    const section = framework.section(criterion?.sectionKey ?? '');
    if (!criterion || !section) throw notFound();
    const { intake } = facts;
    const score = scoreAssessment(framework, facts);
    const blocks = blocksByCriterion(
      submissionBlocks(framework, {
        intake,
        answers: Object.fromEntries(given.map((row) => [row.criterionKey, row])),
        outside: facts.outside,
        carried: facts.carried,
        evidence: pieces.flatMap(({ kind, scan, links }) =>
          (links.length > 0 ? links : [{ criterionKey: null, locator: null }]).map((link) => ({
            criterion: link.criterionKey,
            locator: link.locator,
            scan: kind === 'file' ? scan : null,
          })),
        ),
      }),
    );
    const answer = given.find((row) => row.criterionKey === criterion.key);
    const supports = (piece: EvidencePiece) => piece.links.some((link) => link.criterionKey === criterion.key);
    const { previous, next } = neighboursOf(framework, score, criterion);
    const signed = facts.signedOutside?.[criterion.key];
    // Since when a result stands here is not in what was signed: the first that says the same.
    const outside = facts.signedOutside ? signed && results.findLast(isSame(signed)) : results[0];
    const asked = requestViews(requests, ctx.now);
    const { nextBy, ...stands } = standsFor(assessment.state, { hearing, openRequest: openOf(asked) > 0 }, ctx.now);
    const listAwaited = claimsAsked(framework, stands.state, { given: listGiven, drawn: listGiven }) === 'asked';
    return {
      readAt: ctx.now.toISOString(),
      userId: ctx.actor.userId,
      assessment: {
        id: assessment.id,
        reference: assessment.reference,
        state: stands.state,
        nextBy: listAwaited ? 'insurer' : nextBy,
        hearing: stands.hearing,
        roundName: facts.round.name,
        deadlineAt: assessment.deadlineAt.toISOString(),
        daysLeft: daysLeft(assessment.deadlineAt, ctx.now),
        deadlineOver: isOver(assessment.deadlineAt, ctx.now),
      },
      framework: {
        publisher: framework.source.publisher,
        title: framework.source.title,
        authority: framework.authority,
        levelName: framework.levels.find(({ level }) => level === criterion.level)?.name ?? { nl: '', en: '' },
      },
      section: { key: section.key, title: section.title, sourceNote: section.sourceNote },
      criterion: {
        key: criterion.key,
        level: criterion.level,
        short: criterion.short,
        text: criterion.text,
        help: criterion.help,
        evidenceAsked: criterion.evidenceAsked,
        claimFiles: criterion.claimFiles,
        derived: criterion.derived,
        appliesWhen: criterion.appliesWhen.flatMap((key) => framework.intakeQuestion(key)?.short ?? []),
        fulfilledBy: criterion.fulfilledBy,
      },
      neighbours: section.criteria.map(({ key, level, short, text }) => ({ key, level, short, text })),
      outline: outlineOf(framework, score, blocks),
      intakeComplete: score.awaitsIntake.length === 0,
      answer: {
        response: answer?.response ?? null,
        explanation: answer?.explanation ?? '',
        version: answer?.version ?? 0,
        savedAt: answer?.savedAt.toISOString() ?? null,
      },
      lastRound: lastRoundView(last, criterion, answer?.explanation ?? ''),
      takenOver: takenOverAt(last, criterion.key)?.roundName ?? null,
      outside: outside ?? null,
      selfDeclared: section.outsideAssessor && !outside,
      carried: facts.carriedFrom[section.key] ?? null,
      score: viewScore(framework, score, section.key),
      blocks,
      evidence: pieces.filter(supports),
      otherEvidence: pieces.filter((piece) => !supports(piece)),
      returned,
      requests: asked.filter(({ criterionKey }) => criterionKey === criterion.key),
      notes,
      readOnly: readOnlyOf(ctx.actor, assessment, criterion, score),
      colleagues,
      previous: previous?.key ?? null,
      next: next ? { key: next.key, short: next.short } : null,
    };
  });
}

function outlineOf(
  framework: Framework,
  score: AssessmentScore,
  blocks: CriterionPage['blocks'],
): readonly OutlineSection[] {
  return framework.sections.map(({ key, title, criteria }) => {
    const applicable = criteria.filter((criterion) => score.traces[criterion.key]?.applies);
    const open = applicable.find((criterion) => score.traces[criterion.key]?.response === null);
    const blocking = applicable.filter((criterion) => blocks[criterion.key]?.some((code) => code !== 'unanswered'));
    return { key, title, leadsTo: (open ?? applicable[0])?.key ?? null, blocking: blocking.length };
  });
}

function blocksByCriterion(blocks: ReturnType<typeof submissionBlocks>): CriterionPage['blocks'] {
  const byCriterion: Record<string, BlockCode[]> = {};
  for (const { criterion, code } of blocks) {
    if (criterion) byCriterion[criterion] = [...(byCriterion[criterion] ?? []), code];
  }
  return byCriterion;
}

function readOnlyOf(
  actor: Actor,
  assessment: { organisationId: string; state: State },
  criterion: Criterion,
  score: AssessmentScore,
): ReadOnly {
  if (!applyTransition({ verb: 'save_answer', state: assessment.state, guards: {} }).ok) return { because: 'state' };
  const facts = { organisationId: assessment.organisationId, sectionKey: criterion.sectionKey };
  const permission = can(actor, 'answer.save', facts);
  if (!permission.ok) return { because: permission.because === 'own_section' ? 'section' : 'role' };
  if (sectionScore(score, criterion.sectionKey)?.carried) return { because: 'carried' };
  return score.traces[criterion.key]?.applies ? null : { because: 'not_applicable' };
}

const isSame = (one: OutsideResult) => (other: OutsideResult) =>
  one.response === other.response && one.measuredOn === other.measuredOn && one.source === other.source;
