import 'server-only';
import { z } from 'zod';
import { type DerivedStatus, derivedStatusesOf } from '#domain/progress.ts';
import { daysLeft, isOver } from '#domain/terms.ts';
import { type State, states } from '#domain/workflow.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type Codes, readCodes } from './colleagues.ts';
import {
  type QueueCounts,
  queueFoundAtMost,
  queuePageSize,
  readQueueCounts,
  readQueueRounds,
  readQueueRows,
  readTeams,
} from './queue-rows.ts';
import { type QueueScores, readQueueScores } from './queue-scores.ts';
import { everybody } from './queue-sources.ts';
import { type ReviewerChoice, readReviewers } from './round-reviewers.ts';

export const waitingParties = ['me', 'colleague', 'lead', 'insurer', 'nobody'] as const;
/** `mine`: what waits on me first, and then by term. */
export const queueOrders = ['mine', 'term', 'name', 'state', 'score'] as const;

/** A place in the list: everything before or after it. `number`: which line of the list it is, from 1. */
const place = z.object({
  id: z.uuid(),
  rank: z.literal(['0', '1']).transform(Number),
  number: z.coerce.number().int().min(1).max(1_000_000),
  key: z.string().max(300),
});
const cursor = z
  .string()
  .max(400)
  .transform((text) => {
    const [id, rank, number, ...key] = text.split('~');
    const parsed = place.safeParse({ id, rank, number, key: key.join('~') });
    return parsed.success ? parsed.data : null;
  });
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().default(null).catch(null);

/** The queue's address: what cannot be read is left out, so that an old or mangled link still opens the list. */
export const listQueueInput = z.object({
  round: optional(z.uuid()),
  state: optional(z.enum(states)),
  waiting: optional(z.enum(waitingParties)),
  /** A colleague's code, `me` or `nobody`. */
  assigned: optional(z.string().regex(/^(me|nobody|B\d{1,4})$/)),
  unassigned: z.literal('1').optional().catch(undefined),
  late: z.literal('1').optional().catch(undefined),
  /** The whole part of the total. */
  score: optional(z.coerce.number().int().min(1).max(5)),
  q: z.string().trim().max(100).default('').catch(''),
  order: z.enum(queueOrders).default('mine').catch('mine'),
  after: optional(cursor),
  before: optional(cursor),
});
export type ListQueueInput = z.infer<typeof listQueueInput>;

export type QueueLine = {
  assessmentId: string;
  name: string;
  number: string;
  state: State;
  waitingOn: (typeof waitingParties)[number];
  /** Codes of the reviewers; `me` for the actor. */
  assigned: readonly string[];
  termAt: Date | null;
  /** Whole days until the term; negative when it is over. Null without a term. */
  daysLeft: number | null;
  late: boolean;
  /** The insurer asks for more time, and nobody answered yet. */
  asksExtension: boolean;
  /** Information requests that wait for the insurer. */
  openRequests: number;
  /** What is true beside the state. */
  statuses: readonly DerivedStatus[];
  /** Null before submission: then the status is all there is to see. */
  scores: QueueScores | null;
  /** Where the line stands, for the links to the pages before and after it. */
  cursor: string;
};

export type Queue = {
  rounds: readonly { id: string; name: string }[];
  /** Null when the actor has no round yet. */
  round: { id: string; name: string; productScope: string; decisionsDueAt: Date; hearing: boolean } | null;
  sections: readonly string[];
  counts: QueueCounts;
  lines: readonly QueueLine[];
  /** The search begins more names than were looked at (`queueFoundAtMost`). */
  foundMore: boolean;
  /** Number of the first line among those that match, from 1. */
  first: number;
  hasBefore: boolean;
  hasAfter: boolean;
  /** Codes of colleagues to filter by. */
  colleagues: readonly string[];
  /** For a lead: to whom cases of this round can be assigned. */
  reviewers: readonly ReviewerChoice[];
};

/**
 * A page of the queue: the actor's rounds, without insurers with whom they declared a conflict of interest. Six statements
 * for any size; scores are computed over the verdicts so far.
 */
export async function listQueue(ctx: Context, input: ListQueueInput): Promise<Queue> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    authorize(ctx.actor, 'queue.list');
    const [rounds, codes] = await Promise.all([readQueueRounds(tx, ctx), readCodes(tx, ctx)]);
    const round = rounds.find(({ id }) => id === input.round) ?? rounds[0];
    if (!round) return nothing;
    const teams = await readTeams(tx, round.id);
    const asked = { input, roundId: round.id, teams, assigned: assignedTo(ctx, codes, input) };
    const [rows, counts] = await Promise.all([readQueueRows(tx, ctx, asked), readQueueCounts(tx, ctx, asked)]);
    const backwards = input.before !== null;
    const shown = rows.slice(0, queuePageSize);
    if (backwards) shown.reverse();
    const first = firstNumber(input, shown.length);
    const framework = await compiledFramework(tx, round.framework);
    const submitted = shown.filter((row) => row.submitted).map((row) => row.id);
    const [scores, reviewers] = await Promise.all([
      readQueueScores(tx, framework, submitted),
      ctx.actor.roles.includes('lead') ? readReviewers(tx, round.id) : [],
    ]);
    const codeOf = (userId: string) => (userId === ctx.actor.userId ? 'me' : (codes[userId] ?? '?'));
    const more = rows.length > queuePageSize;
    return {
      rounds,
      round,
      sections: framework.sections.map(({ key }) => key),
      counts,
      lines: shown.map(({ id, sortKey, rank, waitsOn, submitted: _, assigned, ...row }, at) => ({
        ...row,
        assessmentId: id,
        waitingOn: waitsOn !== 'reviewer' ? waitsOn : assigned.includes(ctx.actor.userId) ? 'me' : 'colleague',
        assigned: assigned.map(codeOf),
        daysLeft: row.termAt && daysLeft(row.termAt, ctx.now),
        statuses: statusesOf(row, scores[id], ctx.now),
        scores: scores[id] ?? null,
        cursor: `${id}~${rank}~${first + at}~${sortKey}`,
      })),
      first,
      foundMore: counts.found > queueFoundAtMost,
      hasBefore: backwards ? more : input.after !== null,
      hasAfter: backwards ? true : more,
      colleagues: Object.entries(codes).flatMap(([userId, code]) => (userId === ctx.actor.userId ? [] : [code])),
      reviewers,
    };
  });
}

/** The person whom the filter names; `everybody` stands for nobody in particular: who has no reviewer. */
function assignedTo(ctx: Context, codes: Codes, { assigned }: ListQueueInput): string | null {
  if (assigned === null) return null;
  if (assigned === 'nobody') return everybody;
  if (assigned === 'me') return ctx.actor.userId;
  return Object.entries(codes).find(([, code]) => code === assigned)?.[0] ?? unknownPerson;
}

/** A case that was never submitted is late or nothing: whether anything was begun is not told. */
function statusesOf(
  line: Pick<QueueLine, 'state' | 'late' | 'openRequests'>,
  scores: QueueScores | undefined,
  now: Date,
) {
  const sent = scores?.sent ?? null;
  return derivedStatusesOf(line.state, {
    started: true,
    deadlineOver: line.late,
    openRequests: line.openRequests,
    responded: sent?.responded === true,
    termOver: sent !== null && isOver(sent.termAt, now),
    everPublished: scores?.published === true,
  });
}

/** Lines are numbered on from the place that the address names; nothing counts a list of any length. */
function firstNumber({ before, after }: ListQueueInput, shown: number): number {
  if (before) return Math.max(1, before.number - shown);
  return after ? after.number + 1 : 1;
}

const unknownPerson = 'ffffffff-ffff-4fff-bfff-ffffffffffff';
const counts: QueueCounts = { mine: 0, unassigned: 0, late: 0, insurer: 0, all: 0, matching: 0, found: 0 };
const nothing: Queue = {
  rounds: [],
  round: null,
  sections: [],
  counts,
  lines: [],
  first: 0,
  foundMore: false,
  hasBefore: false,
  hasAfter: false,
  colleagues: [],
  reviewers: [],
};
