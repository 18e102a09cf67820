import 'server-only';
import { z } from 'zod';
import { recordEvent } from '#services/audit.ts';
import { onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import {
  authorizeEnclosing,
  enclosingDetail,
  enclosingFields,
  enclosingOf,
  readEnclosure,
  writeEnclosure,
} from './enclosing.ts';
import { readRoom } from './evidence-room.ts';
import { findChosen, pieceChoice } from './piece-choice.ts';

export const encloseEvidenceInput = z.object({
  assessmentId: z.uuid(),
  ...pieceChoice,
  locator: z.string().trim().max(200, 'too_long').default(''),
  ...enclosingFields,
});
export type EncloseEvidenceInput = z.infer<typeof encloseEvidenceInput>;

/**
 * Lets a piece of the library go with a supplement, or with what is said of a section in a hearing. The supervisor sees
 * it when that is sent. One that is enclosed there already stays as it is.
 * @throws as `authorizeEnclosing`; invalid with `fields.piece` `piece_unknown` for a name that no piece has
 */
export async function encloseEvidence(ctx: Context, input: EncloseEvidenceInput): Promise<{ evidenceId: string }> {
  onlyInsurer(ctx.actor);
  const enclosing = enclosingOf(input);
  if (!enclosing) throw notFound();
  return inTransaction(ctx, async (tx) => {
    const room = await readRoom(tx, input.assessmentId);
    await authorizeEnclosing(tx, ctx, room, enclosing);
    const evidenceId = await findChosen(tx, input);
    const before = await readEnclosure(tx, enclosing, evidenceId);
    if (before && !before.removedAt) return { evidenceId };
    const { organisationId } = room;
    await Promise.all([
      writeEnclosure(tx, enclosing, { evidenceId, organisationId, locator: input.locator, own: false }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'evidence.enclose',
        assessmentId: room.assessmentId,
        organisationId,
        detail: { evidenceId, ...enclosingDetail(enclosing) },
      }),
    ]);
    return { evidenceId };
  });
}
