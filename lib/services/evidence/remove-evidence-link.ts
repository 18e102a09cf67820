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

export const removeEvidenceLinkInput = z.object({ assessmentId: z.uuid(), linkId: z.uuid() });
export type RemoveEvidenceLinkInput = z.infer<typeof removeEvidenceLinkInput>;

/** Lets a piece no longer support a criterion. The piece stays; what was taken away already stays so. */
export async function removeEvidenceLink(ctx: Context, input: RemoveEvidenceLinkInput): Promise<{ linkId: string }> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [room, link] = await Promise.all([
      readRoom(tx, input.assessmentId),
      readLink(tx, input.assessmentId, input.linkId),
    ]);
    if (!link) throw notFound();
    await authorizeAt(tx, ctx.actor, 'evidence.remove', room, [link.criterionKey]);
    if (link.removedAt) return { linkId: link.id };
    await Promise.all([
      tx
        .update(evidenceLinks)
        .set({ removedAt: ctx.now, removedBy: ctx.actor.userId })
        .where(eq(evidenceLinks.id, link.id)),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'evidence.remove_link',
        assessmentId: room.assessmentId,
        organisationId: room.organisationId,
        detail: { evidenceId: link.evidenceId, linkId: link.id, criterionKey: link.criterionKey },
      }),
    ]);
    return { linkId: link.id };
  });
}
