import 'server-only';
import { inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { informationRequests } from '#db/schema/requests.ts';
import { isOver } from '#domain/terms.ts';
import { type LockedAssessment, lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvents } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { invalid } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { givenTerm, termFields } from '#services/given-term.ts';
import { computeReview } from '#services/reviews/compute-review.ts';
import { readReviewFacts } from '#services/reviews/review-facts.ts';
import { nextState } from '#services/take-transition.ts';

const question = z
  .string()
  .max(4000)
  .transform((text) => text.replace(/\r\n?/g, '\n').normalize('NFC').trim());

export const sendRequestsInput = z.object({
  assessmentId: z.uuid(),
  /** At the same place: the key of a request, made by the client, its criterion, and what is asked. */
  id: z.array(z.uuid()).min(1).max(50),
  criterionKey: z.array(z.string().max(32)).min(1).max(50),
  question: z.array(question).min(1).max(50),
  /** The term of all of them. */
  ...termFields,
});
export type SendRequestsInput = z.infer<typeof sendRequestsInput>;

export type SentRequests = { assessmentId: string; termAt: string; sent: number };

/**
 * Asks the insurer one or several questions, each on a criterion, with one term; the review goes on meanwhile. A line
 * without a question is left out. What was sent already is not sent twice.
 * @throws invalid with `question` when nothing is asked, `criterionKey` for one that does not apply
 * @throws precondition `wrong_state`, `term_set` unless the term lies ahead
 */
export async function sendRequests(ctx: Context, input: SendRequestsInput): Promise<SentRequests> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId } = input;
    const [assessment, facts] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
    ]);
    authorize(ctx.actor, 'request.send', facts.policy);
    const termAt = givenTerm(input, ctx.now);
    nextState(assessment, { verb: 'request', guards: { term_set: termAt !== null && !isOver(termAt, ctx.now) } });
    const framework = await compiledFramework(tx, facts.framework);
    const { traces } = computeReview(framework, facts).computed;
    const asked = linesOf(input);
    if (asked.length === 0) throw invalid({ question: 'question_missing' });
    if (asked.some(({ criterionKey }) => !traces[criterionKey]?.applies))
      throw invalid({ criterionKey: 'criterion_unknown' });
    const known = await knownOf(
      tx,
      asked.map(({ id }) => id),
    );
    const fresh = asked.filter(({ id }) => !known.has(id));
    const ends = termAt as Date;
    if (fresh.length > 0) await write(tx, ctx, assessment, fresh, ends);
    return { assessmentId, termAt: ends.toISOString(), sent: fresh.length };
  });
}

type Line = { id: string; criterionKey: string; question: string };

function linesOf({ id, criterionKey, question: said }: SendRequestsInput): Line[] {
  const lines = id.map((key, place) => ({
    id: key,
    criterionKey: criterionKey[place] ?? '',
    question: said[place] ?? '',
  }));
  return lines.filter((line) => line.question !== '');
}

async function knownOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ id: informationRequests.id })
    .from(informationRequests)
    .where(inArray(informationRequests.id, [...ids]));
  return new Set(rows.map(({ id }) => id));
}

function write(tx: Transaction, ctx: Context, { id, organisationId }: LockedAssessment, lines: Line[], termAt: Date) {
  const by = { sentAt: ctx.now, sentBy: ctx.actor.userId };
  return Promise.all([
    tx
      .insert(informationRequests)
      .values(lines.map((line) => ({ ...line, assessmentId: id, organisationId, termAt, ...by }))),
    recordEvents(
      tx,
      lines.map((line) => ({
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'request.send',
        organisationId,
        assessmentId: id,
        detail: { requestId: line.id, criterionKey: line.criterionKey, term: termAt.toISOString() },
      })),
    ),
  ]);
}
