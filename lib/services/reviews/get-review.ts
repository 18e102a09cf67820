import 'server-only';
import { z } from 'zod';
import { can } from '#domain/policy.ts';
import { type State, states } from '#domain/workflow.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { readClaims, readFindings } from '#services/claims/claim-facts.ts';
import { type FilesQuote, filesQuote } from '#services/claims/files-quote.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type RequestView, readRequests, requestViews } from '#services/requests/request-facts.ts';
import { readPeople } from './colleagues.ts';
import { computeReview } from './compute-review.ts';
import { type ConfirmedTogether, confirmedTogether } from './confirmed-together.ts';
import {
  type CriterionView,
  criterionView,
  type IntakeView,
  intakeView,
  type UndisputedLine,
  undisputedLines,
} from './criterion-view.ts';
import { type DeskFacts, type GivenVerdict, readDesk, type StandardReason } from './desk-facts.ts';
import { type NoteView, noteViews } from './note-view.ts';
import { type ReviewFacts, readReviewFacts } from './review-facts.ts';
import { type ReviewHead, reviewHead, type SectionView, sectionView } from './review-view.ts';
import { disputedCriteria } from './undisputed.ts';

export const getReviewInput = z.object({
  assessmentId: z.uuid(),
  /** Without one, the view holds the intake facts and what is undisputed. */
  sectionKey: z.string().max(32).nullable().default(null),
  /** Without one, the first of the section that asks for a verdict. */
  criterionKey: z.string().max(32).nullable().default(null),
});
export type GetReviewInput = z.input<typeof getReviewInput>;

export type ReviewView = {
  head: ReviewHead;
  may: ReviewRights;
  intake: readonly IntakeView[];
  undisputed: readonly UndisputedLine[];
  section: SectionView | null;
  criterion: CriterionView | null;
  /** What was said of the criterion before the verdict that counts now, the newest first. */
  earlierVerdicts: readonly EarlierVerdict[];
  /** Criteria about which a question waits for its insurer, or waited in vain; of several the one that is still open. */
  asked: Readonly<Record<string, 'open' | 'overdue'>>;
  /** What was asked about the criterion, oldest first. */
  requests: readonly RequestView[];
  /** Standard reasons for the criterion that is open, and for every one. */
  reasons: readonly StandardReason[];
  frameworkRef: string;
  /** How each file of the insurer stands with the scanner, by id. */
  files: DeskFacts['files'];
  lastRound: DeskFacts['lastRound'];
  /** The supervisor's own notes on the assessment; empty for who may not read them. */
  notes: readonly NoteView[];
  /** What was confirmed together and can be undone, the newest first. */
  confirmed: readonly ConfirmedTogether[];
  /** Where the norm judges the criterion from claim files: what they showed. */
  fromFiles: FilesQuote | null;
};

/** A verdict that was followed by another one or taken back, with the code of who gave it. */
export type EarlierVerdict = Omit<GivenVerdict, 'decidedBy'> & { by: string | null };

/** What the actor may do in the present state; the verbs ask again. */
export type ReviewRights = Record<'start' | 'decide' | 'determine' | 'return' | 'propose' | 'ask' | 'note', boolean>;

/**
 * The workspace: what was claimed and proven, what was decided, what follows from it. Eleven statements, whatever there is. What
 * the insurer has in draft is never in it: all comes from the last submission that stands.
 */
export async function getReview(ctx: Context, input: GetReviewInput): Promise<ReviewView> {
  onlyStaff(ctx.actor);
  const { assessmentId, sectionKey, criterionKey } = getReviewInput.parse(input);
  return inTransaction(ctx, async (tx) => {
    const [facts, people, asked, claims, found] = await Promise.all([
      readReviewFacts(tx, ctx, assessmentId),
      readPeople(tx, ctx, assessmentId),
      readRequests(tx, assessmentId),
      readClaims(tx, assessmentId),
      readFindings(tx, assessmentId),
    ]);
    authorize(ctx.actor, 'submission.read', facts.policy);
    const framework = await compiledFramework(tx, facts.framework);
    const section = sectionKey === null ? undefined : framework.section(sectionKey);
    if (sectionKey !== null && !section) throw notFound();
    if (criterionKey !== null && framework.criterion(criterionKey)?.sectionKey !== sectionKey) throw notFound();
    const review = computeReview(framework, facts);
    const requests = requestViews(asked, ctx.now);
    const source = { framework, facts, review, codes: people.codes };
    const chosen = section && (criterionKey ?? firstOpen(review.toJudge.criteria, section.criteria));
    const desk = await readDesk(tx, assessmentId, chosen ?? null);
    const criterion = chosen ? criterionView(source, chosen) : null;
    return {
      head: reviewHead(source),
      may: reviewRights(ctx, facts),
      intake: section ? [] : intakeView(source),
      undisputed: undisputedLines(source, disputedCriteria(framework, requests, { draw: claims.draw, found })),
      section: section ? sectionView(source, section) : null,
      criterion,
      earlierVerdicts: desk.verdicts
        .filter(({ version }) => version !== criterion?.verdict?.version)
        .map(({ decidedBy, ...given }) => ({ ...given, by: people.codes[decidedBy] ?? null })),
      asked: waitingIn(requests),
      requests: requests.filter((request) => request.criterionKey === chosen),
      reasons: desk.reasons,
      frameworkRef: facts.framework.ref,
      files: desk.files,
      lastRound: desk.lastRound,
      notes: can(ctx.actor, 'working_note.read', facts.policy).ok ? noteViews(ctx, people.notes) : [],
      confirmed: confirmedTogether(facts, desk.batches),
      fromFiles:
        chosen && framework.criterion(chosen)?.claimFiles
          ? filesQuote(claims, found, chosen, criterion?.verdict ?? null)
          : null,
    };
  });
}

function waitingIn(requests: readonly RequestView[]): ReviewView['asked'] {
  const inState = (wanted: 'open' | 'overdue') =>
    requests.filter(({ state }) => state === wanted).map(({ criterionKey }) => [criterionKey, wanted] as const);
  return Object.fromEntries([...inState('overdue'), ...inState('open')]);
}

const statesOf: Record<keyof ReviewRights, readonly State[]> = {
  start: ['submitted'],
  decide: ['in_review'],
  determine: ['in_review'],
  return: ['submitted', 'in_review'],
  propose: ['in_review', 'hearing'],
  ask: ['in_review'],
  note: states,
};

export function reviewRights({ actor }: Context, { policy, assessment }: ReviewFacts): ReviewRights {
  const allowed = {
    start: can(actor, 'review.start', policy).ok,
    decide: can(actor, 'verdict.decide', policy).ok,
    determine: can(actor, 'determination.determine', policy).ok,
    return: can(actor, 'assessment.return', policy).ok,
    propose: can(actor, 'outcome.propose', policy).ok,
    ask: can(actor, 'request.send', policy).ok,
    note: can(actor, 'working_note.save', policy).ok,
  };
  const verbs = Object.keys(allowed) as (keyof ReviewRights)[];
  return Object.fromEntries(
    verbs.map((verb) => [verb, allowed[verb] && statesOf[verb].includes(assessment.state)]),
  ) as ReviewRights;
}

function firstOpen(open: readonly string[], criteria: readonly { key: string }[]): string | undefined {
  return (criteria.find(({ key }) => open.includes(key)) ?? criteria[0])?.key;
}
