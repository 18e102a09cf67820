import 'server-only';
import { z } from 'zod';
import { hearingGuards } from '#domain/hearing.ts';
import { can } from '#domain/policy.ts';
import { type DerivedStatus, derivedStatusesOf, type Party, waitingOn } from '#domain/progress.ts';
import { isOver } from '#domain/terms.ts';
import { applyTransition, type Guard } from '#domain/workflow.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { readHearing } from '#services/hearing/hearing-facts.ts';
import { type HearingView, hearingView } from '#services/hearing/hearing-view.ts';
import { openOf, type RequestView, readRequests, requestViews } from '#services/requests/request-facts.ts';
import { type Changes, changesOf } from './changes-view.ts';
import { readPeople, type Step } from './colleagues.ts';
import { computeReview } from './compute-review.ts';
import { type IntakeView, intakeView } from './criterion-view.ts';
import { awaitsExtension, type OpenExtension, readOpenExtension, requestsToExtend } from './extension-requests.ts';
import { type ReviewRights, reviewRights } from './get-review.ts';
import { type NoteView, noteViews } from './note-view.ts';
import { type DecisionFacts, readDecisionFacts } from './read-decision-facts.ts';
import { readReviewFacts } from './review-facts.ts';
import { type ReviewHead, reviewHead } from './review-view.ts';

export const getReviewOverviewInput = z.object({ assessmentId: z.uuid() });
export type GetReviewOverviewInput = z.infer<typeof getReviewOverviewInput>;

export type ReviewOverview = {
  head: Omit<ReviewHead, 'sections' | 'totals' | 'toJudge'>;
  organisationId: string;
  deadlineAt: Date;
  waitingOn: Party;
  /** Codes of the reviewers it is assigned to; `me` for the actor. */
  assigned: readonly string[];
  /** Null before submission: then the status is all there is to see. */
  content: (Pick<ReviewHead, 'sections' | 'totals' | 'toJudge'> & { intake: readonly IntakeView[] }) | null;
  /** What still stands in the way of proposing, asked in review and in the hearing only. */
  blocking: readonly Guard[];
  undetermined: readonly string[];
  outdated: readonly string[];
  history: readonly Step[];
  /** Why the case is in review again: the reason of who sent it back, took an approval away or began a revision. */
  sentBack: SentBack | null;
  /** What is true beside the state. */
  statuses: readonly DerivedStatus[];
  /** Null where the round holds no hearing, and for who may not read what was submitted. */
  hearing: HearingView | null;
  /** What the insurer asks of the lead: more time. */
  extension: OpenExtension | null;
  /** The information requests whose term it would move; none outside the review. */
  extends: readonly RequestView[];
  /** What was asked of the insurer about its criteria, oldest first. */
  requests: readonly RequestView[];
  /** The norm judges a criterion from claim files, and the actor may read what was submitted. */
  claimFiles: boolean;
  may: ReviewRights;
  /** The supervisor's own notes; empty for who may not read them. */
  notes: readonly NoteView[];
  /** What the insurer changed since it signed before; null where it signed once. */
  changes: Changes | null;
  /** For a lead: what can be decided, and what stands in the way. */
  decisions: DecisionFacts | null;
  framework: { criteria: readonly { key: string; short: { nl: string; en: string } }[] };
};

/** A step back into review, with the words of who took it. */
export type SentBack = { verb: (typeof stepsBack)[number]; reason: string; at: string };

const stepsBack = ['send_back', 'revoke', 'correct'] as const;

/** One assessment as the supervisor follows it: where it stands, who acts next, what still stands in the way. */
export async function getReviewOverview(ctx: Context, input: GetReviewOverviewInput): Promise<ReviewOverview> {
  onlyStaff(ctx.actor);
  const { assessmentId } = getReviewOverviewInput.parse(input);
  return inTransaction(ctx, async (tx) => {
    const [facts, people, asked, hearing, put] = await Promise.all([
      readReviewFacts(tx, ctx, assessmentId),
      readPeople(tx, ctx, assessmentId),
      readOpenExtension(tx, assessmentId),
      readHearing(tx, assessmentId),
      readRequests(tx, assessmentId),
    ]);
    authorize(ctx.actor, 'assessment.status', facts.policy);
    const framework = await compiledFramework(tx, facts.framework);
    const review = computeReview(framework, facts);
    const source = { framework, facts, review, codes: people.codes };
    const { sections, totals, toJudge, ...head } = reviewHead(source);
    const { state, deadlineAt } = facts.assessment;
    const extension = awaitsExtension(state) ? asked : null;
    const requests = requestViews(put, ctx.now);
    const extendable = state === 'in_review' ? requestsToExtend(requests, extension, ctx.now) : [];
    const visible = facts.submission !== null && can(ctx.actor, 'submission.read', facts.policy).ok;
    const heard = hearingGuards(hearing.facts, review.determined, ctx.now);
    const guards = { ...review.guards, ...heard };
    const proposing = applyTransition({ verb: 'propose', state, guards, hearing: facts.round.hearing });
    const { responded, sent } = hearing.facts;
    const termOver = sent !== null && !heard.term_open;
    const inState = (wanted: string) => sections.filter((section) => section.determination === wanted);
    return {
      head: visible ? head : { ...head, submission: null },
      organisationId: facts.organisationId,
      deadlineAt,
      waitingOn: extension
        ? 'lead'
        : waitingOn(state, {
            assigned: people.assigned.length > 0,
            openRequests: openOf(requests),
            responded,
            termOver,
          }),
      extension,
      extends: visible ? extendable : [],
      requests: visible ? requests : [],
      claimFiles:
        visible && framework.criteria.some((one) => one.claimFiles && review.computed.traces[one.key]?.applies),
      assigned: people.assigned.map((id) => (id === ctx.actor.userId ? 'me' : (people.codes[id] ?? '?'))),
      content: visible ? { sections, totals, toJudge, intake: intakeView(source) } : null,
      blocking: !proposing.ok && !proposing.wrongState ? proposing.failing : [],
      undetermined: inState('none').map(({ key }) => key),
      outdated: inState('outdated').map(({ key }) => key),
      history: people.history,
      sentBack: state === 'in_review' ? sentBackIn(people.history) : null,
      statuses: derivedStatusesOf(state, {
        // Before submission the supervisor sees the state only: whether anything was begun is not told.
        started: true,
        deadlineOver: isOver(deadlineAt, ctx.now),
        openRequests: openOf(requests),
        responded,
        termOver,
        everPublished: hearing.published,
      }),
      hearing: visible ? hearingView(ctx, facts, review, { hearing, openRequest: openOf(requests) > 0 }) : null,
      may: reviewRights(ctx, facts),
      notes: can(ctx.actor, 'working_note.read', facts.policy).ok ? noteViews(ctx, people.notes) : [],
      changes: visible ? changesOf(source) : null,
      decisions: ctx.actor.roles.includes('lead')
        ? await readDecisionFacts(
            tx,
            ctx,
            facts,
            review,
            endOf(extendable) ?? (state === 'hearing' ? (sent?.termAt ?? null) : null),
          )
        : null,
      framework: { criteria: framework.criteria.map(({ key, short }) => ({ key, short })) },
    };
  });
}

/** The last step back, as long as nothing was proposed since. */
function sentBackIn(history: readonly Step[]): SentBack | null {
  const last = history.find(({ verb }) => verb === 'propose' || stepsBack.some((back) => back === verb));
  const verb = stepsBack.find((back) => back === last?.verb);
  return last && verb ? { verb, reason: last.reason, at: last.at } : null;
}

/** When the first of them ends. */
const endOf = (requests: readonly RequestView[]): Date | undefined =>
  requests.map(({ termAt }) => termAt).toSorted((one, other) => one.getTime() - other.getTime())[0];
