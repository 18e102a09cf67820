import 'server-only';
import { z } from 'zod';
import { supplements } from '#db/schema/requests.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { conflict, precondition } from '#services/errors.ts';
import { lapseExtension } from '#services/reviews/extension-requests.ts';
import { nextState } from '#services/take-transition.ts';
import { requestState } from './request-facts.ts';
import { lockRequest } from './supplement-facts.ts';
import { supplementText } from './supplement-text.ts';

export const answerRequestInput = z.object({
  assessmentId: z.uuid(),
  requestId: z.uuid(),
  /** The version that the sender read: what a colleague wrote since is not sent unseen. */
  version: z.coerce.number().int().min(0),
  /** What the sender has in front of them; without it, what was saved last. */
  text: supplementText.optional(),
});
export type AnswerRequestInput = z.infer<typeof answerRequestInput>;

export type AnsweredRequest = { requestId: string; answeredAt: string };

/**
 * Sends the supplement, text and evidence, to the supervisor: once and for good. It stands beside the signed answer,
 * which never changes. Sent already: nothing happens.
 * @throws precondition `request_open`, `wrong_state`, `supplement_empty`, `no_refused_file`; conflict when a colleague changed the text
 */
export async function answerRequest(ctx: Context, input: AnswerRequestInput): Promise<AnsweredRequest> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, requestId } = input;
    const { assessment, request, sectionKey } = await lockRequest(tx, ctx, input, 'request.answer');
    if (request.answeredAt) return { requestId, answeredAt: request.answeredAt.toISOString() };
    const guards = { request_open: requestState(request, ctx.now) === 'open' };
    nextState(assessment, { verb: 'answer_request', guards });
    if (request.version !== input.version) throw conflict({ text: request.text, version: request.version });
    const evidenceIds = request.evidence.map(({ id }) => id);
    const text = input.text ?? request.text;
    if (text.trim() === '' && evidenceIds.length === 0) throw precondition(['supplement_empty']);
    if (request.evidence.some(({ scan }) => scan === 'refused')) throw precondition(['no_refused_file']);
    const { organisationId } = assessment;
    if (text !== request.text) authorize(ctx.actor, 'request.save', { organisationId, sectionKey });
    const by = { sentAt: ctx.now, sentBy: ctx.actor.userId };
    const version = request.version === 0 || text !== request.text ? request.version + 1 : request.version;
    const saved = { text, version, savedAt: ctx.now, savedBy: ctx.actor.userId };
    const sent = version === request.version ? by : { ...saved, ...by };
    await Promise.all([
      tx
        .insert(supplements)
        .values({ requestId, assessmentId, organisationId, ...saved, ...by })
        .onConflictDoUpdate({ target: supplements.requestId, set: sent }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'request.answer',
        organisationId,
        assessmentId,
        detail: { requestId, criterionKey: request.criterionKey, version, evidenceIds },
      }),
      lapseExtension(tx, ctx, assessmentId, requestId),
    ]);
    return { requestId, answeredAt: ctx.now.toISOString() };
  });
}
