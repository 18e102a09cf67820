import 'server-only';
import { inArray, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { users } from '#db/schema/identity.ts';
import { publications } from '#db/schema/publications.ts';
import { transitions } from '#db/schema/reviews.ts';
import { type Capability, can } from '#domain/policy.ts';
import { addDays, dayInAmsterdam } from '#domain/terms.ts';
import { applyTransition, type Guard, type Verb } from '#domain/workflow.ts';
import type { Context } from '#services/context.ts';
import type { Review } from './compute-review.ts';
import { type Difference, differencesOf } from './differences.ts';
import type { ReviewFacts } from './review-facts.ts';
import { type ReviewerChoice, readReviewers } from './round-reviewers.ts';

/** The decisions of a lead on one case, in the order in which a screen offers them. */
export const decisions = [
  'approve',
  'send_back',
  'publish',
  'revoke',
  'correct',
  'extend',
  'close',
  'reopen_closed',
  'assign',
] as const satisfies readonly Verb[];
export type Decision = (typeof decisions)[number];

const capabilityOf: Record<Decision, Capability> = {
  approve: 'outcome.approve',
  send_back: 'outcome.send_back',
  publish: 'outcome.publish',
  revoke: 'approval.revoke',
  correct: 'publication.correct',
  extend: 'term.extend',
  close: 'assessment.close',
  reopen_closed: 'assessment.reopen_closed',
  assign: 'assignment.assign',
};

/** The steps that are taken with a reason. */
const reasonedSteps = ['return', 'send_back', 'revoke', 'correct', 'close', 'reopen_closed', 'extend'] as const;
export type ReasonedStep = (typeof reasonedSteps)[number];

/** One of the two pairs of eyes. */
export type Hand = { verb: 'propose' | 'approve'; name: string; at: Date };

export type DecisionFacts = {
  /** What the state allows this actor, with everything that still stands in the way; nothing for who is no lead. */
  open: readonly { decision: Decision; blocks: readonly Guard[] }[];
  differences: readonly Difference[];
  fourEyes: boolean;
  /** Without four eyes: this lead had a part in the outcome, which the log will say. */
  sameHand: boolean;
  /** Who proposed and who approved what stands now, by name: for the lead, never for the insurer. */
  hands: readonly Hand[];
  /** The reason that was given for the last step back, for the lead; the reviewer reads it at the next step. */
  lastReason: { verb: ReasonedStep; reason: string; at: Date } | null;
  publication: { id: string; edition: number } | null;
  reviewers: readonly ReviewerChoice[];
  /** The first day that a longer term can end on, `YYYY-MM-DD`. */
  extendTo: string;
};

/**
 * What the lead's part of a case's page shows, as a part of that page's read verb: two statements in one flight.
 * Nothing here locks.
 */
export async function readDecisionFacts(
  tx: Transaction,
  ctx: Context,
  facts: ReviewFacts,
  review: Review,
  /** The end of what is extended instead of the deadline: of the term to respond, or of the first open information request. */
  otherTermAt: Date | null,
): Promise<DecisionFacts> {
  const { assessment } = facts;
  const assessmentId = assessment.id;
  const [[row], reviewers] = await Promise.all([
    tx
      .select({ publication: lastPublication(), step: lastStep(), hands: lastHands() })
      .from(sql`(values (1)) as one`)
      .prepare('decisions:last')
      .execute({ assessmentId }),
    readReviewers(tx, assessment.roundId, assessment),
  ]);
  const from = new Date(Math.max(ctx.now.getTime(), (otherTermAt ?? assessment.deadlineAt).getTime()));
  const { publication = null, step = null, hands = [] } = row ?? {};
  const stands = ['proposed', 'decided', 'published'].includes(assessment.state);
  const isLead = ctx.actor.roles.includes('lead');
  return {
    open: isLead ? decisions.flatMap((decision) => openDecision(ctx, decision, facts, publication === null)) : [],
    differences: differencesOf(review, facts),
    fourEyes: facts.round.fourEyes,
    sameHand: !facts.round.fourEyes && facts.policy.actorJudged !== false,
    lastReason: step && { ...step, at: new Date(step.at) },
    hands: stands ? hands.map((hand) => ({ ...hand, at: new Date(hand.at) })) : [],
    publication,
    reviewers: isLead ? reviewers : [],
    extendTo: addDays(dayInAmsterdam(from), 1),
  };
}

const lastPublication = () => sql<DecisionFacts['publication']>`(select json_build_object('id', ${publications.id},
  'edition', ${publications.edition}) from ${publications}
  where ${publications.assessmentId} = ${sql.placeholder('assessmentId')}
  order by ${publications.edition} desc limit 1)`;

/** The last proposal, and the last approval after it. */
const lastHands = () => sql<(Omit<Hand, 'at'> & { at: string })[]>`(select coalesce(json_agg(json_build_object(
  'verb', hand.verb, 'at', hand.taken_at, 'name', ${users.name}) order by hand.taken_at), '[]') from (
  select distinct on (verb) verb, taken_at, taken_by from ${transitions}
  where ${transitions.assessmentId} = ${sql.placeholder('assessmentId')} and verb in ('propose', 'approve')
  and taken_at >= (select max(taken_at) from ${transitions}
    where ${transitions.assessmentId} = ${sql.placeholder('assessmentId')} and verb = 'propose')
  order by verb, taken_at desc) as hand join ${users} on ${users.id} = hand.taken_by)`;

type Step = { verb: ReasonedStep; reason: string; at: string };

const lastStep = () => sql<Step | null>`(select json_build_object('verb', ${transitions.verb},
  'reason', ${transitions.reason}, 'at', ${transitions.takenAt}) from ${transitions}
  where ${transitions.assessmentId} = ${sql.placeholder('assessmentId')}
  and ${inArray(transitions.verb, [...reasonedSteps])} order by ${transitions.takenAt} desc limit 1)`;

/** What the person at the screen still has to give (a reason, a term, the differences) does not count as a block. */
function openDecision(ctx: Context, decision: Decision, facts: ReviewFacts, neverPublished: boolean) {
  const { assessment } = facts;
  const involved = facts.policy.actorJudged !== false;
  const result = applyTransition({
    verb: decision,
    state: assessment.state,
    hearing: facts.round.hearing,
    fourEyes: facts.round.fourEyes,
    previousState: assessment.stateBeforeClosing,
    guards: {
      reason_given: true,
      term_set: true,
      differences_approved: true,
      no_conflict: true,
      never_published: neverPublished,
      approver_not_involved: !involved,
    },
  });
  if (!result.ok && result.wrongState) return [];
  const permission = can(ctx.actor, capabilityOf[decision], facts.policy);
  if (!permission.ok && permission.because !== 'second_eyes') return [];
  return [{ decision, blocks: result.ok ? [] : result.failing }];
}
