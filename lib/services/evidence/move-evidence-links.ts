import 'server-only';
import { z } from 'zod';
import { recordEvents } from '#services/audit.ts';
import { onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { authorizeAt, readRoom } from './evidence-room.ts';
import { readLinkedPiece } from './piece-links.ts';
import { moveLinks, removeLinks } from './standing-links.ts';

/**
 * Which links of the version before go over to a newer version. A form posts `linkIds[]`, and `locator.LINK` for its page
 * or paragraph in the newer version.
 */
export const moveEvidenceLinksInput = z.preprocess(
  linksOfForm,
  z.object({
    assessmentId: z.uuid(),
    evidenceId: z.uuid(),
    links: z
      .array(z.object({ linkId: z.uuid(), locator: z.string().trim().max(200, 'too_long') }))
      .min(1, 'none_chosen')
      .max(2_000),
  }),
);
export type MoveEvidenceLinksInput = z.infer<typeof moveEvidenceLinksInput>;

/**
 * Lets a newer version support what the version before it supported, where a person confirmed it. The older version keeps
 * its file and what was not chosen. A link that went over already, or was taken away meanwhile, is passed over; where the
 * newer version is used at that criterion already, that link stays as it is.
 */
export async function moveEvidenceLinks(ctx: Context, input: MoveEvidenceLinksInput): Promise<{ moved: number }> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [room, piece] = await Promise.all([
      readRoom(tx, input.assessmentId),
      readLinkedPiece(tx, input.assessmentId, input.evidenceId),
    ]);
    if (!piece?.replacesId) throw notFound();
    const locators = new Map(input.links.map(({ linkId, locator }) => [linkId, locator]));
    const chosen = piece.olderLinks.filter(({ id }) => locators.has(id));
    await authorizeAt(
      tx,
      ctx.actor,
      'evidence.store',
      room,
      chosen.map(({ criterionKey }) => criterionKey),
    );
    if (chosen.length === 0) return { moved: 0 };
    const used = new Set(piece.links.map(({ criterionKey }) => criterionKey));
    const over = chosen.filter(({ criterionKey }) => !used.has(criterionKey));
    await moveLinks(
      tx,
      ctx,
      over.map((link) => ({ ...link, locator: locators.get(link.id) ?? link.locator })),
      piece.id,
    );
    await removeLinks(
      tx,
      ctx,
      chosen.filter((link) => !over.includes(link)).map(({ id }) => id),
    );
    await recordEvents(
      tx,
      chosen.map(({ id, criterionKey }) => ({
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'evidence.move_link',
        assessmentId: room.assessmentId,
        organisationId: room.organisationId,
        detail: { evidenceId: piece.id, replacesId: piece.replacesId, linkId: id, criterionKey },
      })),
    );
    return { moved: chosen.length };
  });
}

function linksOfForm(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || 'links' in given) return given;
  const form = given as Record<string, unknown>;
  const linkIds = Array.isArray(form.linkIds) ? form.linkIds : [];
  return { ...form, links: linkIds.map((linkId) => ({ linkId, locator: form[`locator.${linkId}`] ?? '' })) };
}
