import 'server-only';
import { z } from 'zod';
import { daysLeft } from '#domain/terms.ts';
import { type State, states } from '#domain/workflow.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { readCodes } from './colleagues.ts';
import { type QueueCounts, queuePageSize, readQueueCounts, readQueueRounds, readQueueRows } from './queue-rows.ts';
import { type QueueScores, readQueueScores } from './queue-scores.ts';
import { type ReviewerChoice, readReviewers } from './round-reviewers.ts';

export const waitingParties = ['me', 'colleague', 'lead', 'insurer', 'nobody'] as const;
export const queueOrders = ['term', 'name', 'state'] as const;

/** A place in the list: everything before or after it. */
const place = z.object({ key: z.string().max(300), id: z.uuid() });
const cursor = z
  .string()
  .max(400)
  .transform((text) => {
    const parsed = place.safeParse({ id: text.slice(0, 36), key: text.slice(37) });
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
  q: z.string().trim().max(100).default('').catch(''),
  order: z.enum(queueOrders).default('term').catch('term'),
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
  /** Null before submission: then the status is all there is to see. */
  scores: QueueScores | null;
  /** Where the line stands, for the links to the pages before and after it. */
  cursor: string;
};

export type Queue = {
  rounds: readonly { id: string; name: string }[];
  /** Null when the actor has no round yet. */
  round: { id: string; name: string; productScope: string; decisionsDueAt: Date } | null;
  sections: readonly string[];
  counts: QueueCounts;
  lines: readonly QueueLine[];
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
    const [rounds, rows, counts, codes] = await Promise.all([
      readQueueRounds(tx, ctx, input),
      readQueueRows(tx, ctx, input),
      readQueueCounts(tx, ctx, input),
      readCodes(tx, ctx),
    ]);
    const round = rounds.find(({ id }) => id === input.round) ?? rounds[0];
    if (!round) return { ...nothing, counts, colleagues: [], reviewers: [] };
    const backwards = input.before !== null;
    const shown = rows.slice(0, queuePageSize);
    if (backwards) shown.reverse();
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
      lines: shown.map(({ id, sortKey, submitted: _, assigned, ...row }) => ({
        ...row,
        assessmentId: id,
        assigned: assigned.map(codeOf),
        daysLeft: row.termAt && daysLeft(row.termAt, ctx.now),
        scores: scores[id] ?? null,
        cursor: `${id}~${sortKey}`,
      })),
      first: backwards ? counts.before - shown.length + 1 : counts.before + 1,
      hasBefore: backwards ? more : input.after !== null && counts.before > 0,
      hasAfter: backwards ? true : more,
      colleagues: Object.entries(codes).flatMap(([userId, code]) => (userId === ctx.actor.userId ? [] : [code])),
      reviewers,
    };
  });
}

const nothing = { rounds: [], round: null, sections: [], lines: [], first: 0, hasBefore: false, hasAfter: false };
