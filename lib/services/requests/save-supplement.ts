import 'server-only';
import { z } from 'zod';
import { supplements } from '#db/schema/requests.ts';
import { recordEvent } from '#services/audit.ts';
import { onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { conflict } from '#services/errors.ts';
import { nextState } from '#services/take-transition.ts';
import { requestState } from './request-facts.ts';
import { lockRequest } from './supplement-facts.ts';
import { supplementText } from './supplement-text.ts';

export const saveSupplementInput = z.object({
  assessmentId: z.uuid(),
  requestId: z.uuid(),
  /** The version that its writer saw; 0 when there was none. */
  version: z.coerce.number().int().min(0),
  text: supplementText.default(''),
});
export type SaveSupplementInput = z.infer<typeof saveSupplementInput>;

export type SavedSupplement = { requestId: string; version: number; savedAt: string };

/**
 * Saves what the insurer writes on a request that is open; the supervisor sees nothing of it until it is sent.
 * Repeatable: a stale version with equal text is saved already.
 * @throws conflict with the text that a colleague saved meanwhile
 */
export async function saveSupplement(ctx: Context, input: SaveSupplementInput): Promise<SavedSupplement> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, requestId, text } = input;
    const { assessment, request } = await lockRequest(tx, ctx, input, 'request.save');
    const guards = { request_open: requestState(request, ctx.now) === 'open' };
    nextState(assessment, { verb: 'save_supplement', guards });
    if (request.text === text) return { requestId, version: request.version, savedAt: ctx.now.toISOString() };
    if (request.version !== input.version) throw conflict({ text: request.text, version: request.version });
    const version = input.version + 1;
    const { organisationId } = assessment;
    const saved = { text, version, savedAt: ctx.now, savedBy: ctx.actor.userId };
    await Promise.all([
      tx
        .insert(supplements)
        .values({ requestId, assessmentId, organisationId, ...saved })
        .onConflictDoUpdate({ target: supplements.requestId, set: saved }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'supplement.save',
        organisationId,
        assessmentId,
        detail: { requestId, version },
      }),
    ]);
    return { requestId, version, savedAt: ctx.now.toISOString() };
  });
}
