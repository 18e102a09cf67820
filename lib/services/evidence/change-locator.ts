import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { evidenceLinks } from '#db/schema/evidence.ts';
import { recordEvent } from '#services/audit.ts';
import { onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { authorizeAt, readRoom } from './evidence-room.ts';
import { readLink } from './read-link.ts';

export const changeLocatorInput = z.object({
  assessmentId: z.uuid(),
  linkId: z.uuid(),
  locator: z.string().trim().max(200, 'too_long').default(''),
});
export type ChangeLocatorInput = z.infer<typeof changeLocatorInput>;

/** Says on which page or in which paragraph a piece supports a criterion. Saying the same again changes nothing. */
export async function changeLocator(ctx: Context, input: ChangeLocatorInput): Promise<{ linkId: string }> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [room, link] = await Promise.all([
      readRoom(tx, input.assessmentId),
      readLink(tx, input.assessmentId, input.linkId),
    ]);
    if (!link || link.removedAt) throw notFound();
    await authorizeAt(tx, ctx.actor, 'evidence.store', room, [link.criterionKey]);
    if (link.locator === input.locator) return { linkId: link.id };
    await Promise.all([
      tx.update(evidenceLinks).set({ locator: input.locator }).where(eq(evidenceLinks.id, link.id)),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'evidence.change_locator',
        assessmentId: room.assessmentId,
        organisationId: room.organisationId,
        detail: { evidenceId: link.evidenceId, linkId: link.id, criterionKey: link.criterionKey },
      }),
    ]);
    return { linkId: link.id };
  });
}
