import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { informationRequests } from '#db/schema/requests.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { lapseExtension } from '#services/reviews/extension-requests.ts';
import { readReviewFacts } from '#services/reviews/review-facts.ts';
import { nextState } from '#services/take-transition.ts';
import { readRequest, requestState } from './request-facts.ts';

export const withdrawRequestInput = z.object({ assessmentId: z.uuid(), requestId: z.uuid() });
export type WithdrawRequestInput = z.infer<typeof withdrawRequestInput>;

/** Takes a request back that was not answered yet; the insurer sees that it was. Withdrawn already: nothing happens. */
export async function withdrawRequest(ctx: Context, input: WithdrawRequestInput): Promise<{ requestId: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, requestId } = input;
    const [assessment, facts, request] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
      readRequest(tx, input),
    ]);
    authorize(ctx.actor, 'request.withdraw', facts.policy);
    if (!request) throw notFound();
    const stands = requestState(request, ctx.now);
    if (stands === 'withdrawn') return { requestId };
    nextState(assessment, { verb: 'withdraw_request', guards: { request_open: stands === 'open' } });
    await Promise.all([
      tx
        .update(informationRequests)
        .set({ withdrawnAt: ctx.now, withdrawnBy: ctx.actor.userId })
        .where(eq(informationRequests.id, requestId)),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'request.withdraw',
        organisationId: assessment.organisationId,
        assessmentId,
        detail: { requestId, criterionKey: request.criterionKey },
      }),
      lapseExtension(tx, ctx, assessmentId, requestId),
    ]);
    return { requestId };
  });
}
