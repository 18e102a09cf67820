import 'server-only';
import { desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { extensionRequests } from '#db/schema/teamwork.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound, precondition } from '#services/errors.ts';
import { givenText } from '#services/given-text.ts';
import { hasOpenRequest } from '#services/requests/request-facts.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { lockAssessment } from './assessment-facts.ts';

export const askExtensionInput = z.object({
  /** Key of the request, made by the client, so that a repeated post asks once. */
  id: z.uuid(),
  assessmentId: z.uuid(),
  /** Why, and until when; the supervisor reads it. */
  reason: givenText.default(''),
});
export type AskExtensionInput = z.infer<typeof askExtensionInput>;

/**
 * Asks the lead for more time, also after the deadline: to hand in, to respond to a draft outcome, or in review to answer
 * the information requests that are open. One request stands at a time; until it is answered nothing changes.
 * @throws precondition `wrong_state`, `reason_given`, `request_stands`, `request_open` in review when nothing is asked
 */
export async function askExtension(ctx: Context, input: AskExtensionInput): Promise<{ assessmentId: string }> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { id, assessmentId, reason } = input;
    const assessment = await lockAssessment(tx, assessmentId);
    const [earlier, last, asked] = await Promise.all([
      findRequest(tx, id),
      findLast(tx, assessmentId),
      hasOpenRequest(tx, assessmentId, ctx.now),
    ]);
    authorize(ctx.actor, 'extension.ask', { organisationId: assessment.organisationId });
    if (earlier) {
      if (earlier.assessmentId !== assessmentId) throw notFound();
      return { assessmentId };
    }
    const to = nextState(assessment, { verb: 'ask_extension', guards: {} });
    if (assessment.state === 'in_review' && !asked) throw precondition(['request_open']);
    if (last && !last.answeredAt) throw precondition(['request_stands']);
    if (reason === '') throw precondition(['reason_given']);
    const { organisationId } = assessment;
    await Promise.all([
      tx.insert(extensionRequests).values({
        id,
        assessmentId,
        organisationId,
        reason,
        askedAt: ctx.now,
        askedBy: ctx.actor.userId,
      }),
      writeTransition(tx, ctx, assessment, {
        verb: 'ask_extension',
        to,
        action: 'extension.ask',
        reason,
        detail: { requestId: id },
      }),
    ]);
    return { assessmentId };
  });
}

async function findRequest(tx: Transaction, id: string) {
  const [row] = await tx
    .select({ assessmentId: extensionRequests.assessmentId })
    .from(extensionRequests)
    .where(eq(extensionRequests.id, sql.placeholder('id')))
    .prepare('ask-extension:earlier')
    .execute({ id });
  return row;
}

async function findLast(tx: Transaction, assessmentId: string) {
  const [row] = await tx
    .select({ answeredAt: extensionRequests.answeredAt })
    .from(extensionRequests)
    .where(eq(extensionRequests.assessmentId, sql.placeholder('assessmentId')))
    .orderBy(sql`${extensionRequests.answeredAt} is null desc`, desc(extensionRequests.askedAt))
    .limit(1)
    .prepare('ask-extension:last')
    .execute({ assessmentId });
  return row;
}
