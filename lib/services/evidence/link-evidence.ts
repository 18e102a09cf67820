import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { evidenceLinks } from '#db/schema/evidence.ts';
import { recordEvent } from '#services/audit.ts';
import { onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { authorizeAt, readRoom } from './evidence-room.ts';
import { findChosen, pieceChoice } from './piece-choice.ts';

/** `linkId` is made by the client, so that a repeat finds its own row. */
export const linkEvidenceInput = z.object({
  assessmentId: z.uuid(),
  criterionKey: z.string().max(32),
  ...pieceChoice,
  linkId: z.uuid(),
  locator: z.string().trim().max(200, 'too_long').default(''),
});
export type LinkEvidenceInput = z.infer<typeof linkEvidenceInput>;

/** Lets a piece that is stored already support another criterion. One that it supports already stays as it is. */
export async function linkEvidence(ctx: Context, input: LinkEvidenceInput): Promise<{ linkId: string }> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const room = await readRoom(tx, input.assessmentId);
    await authorizeAt(tx, ctx.actor, 'evidence.store', room, [input.criterionKey]);
    const evidenceId = await findChosen(tx, input);
    const { assessmentId, criterionKey } = input;
    const [link] = await tx
      .select({ id: evidenceLinks.id })
      .from(evidenceLinks)
      .where(
        and(
          eq(evidenceLinks.assessmentId, sql.placeholder('assessmentId')),
          eq(evidenceLinks.evidenceId, sql.placeholder('evidenceId')),
          eq(evidenceLinks.criterionKey, sql.placeholder('criterionKey')),
          isNull(evidenceLinks.removedAt),
        ),
      )
      .prepare('link-evidence:link')
      .execute({ assessmentId, evidenceId, criterionKey });
    if (link) return { linkId: link.id };
    const of = { assessmentId: room.assessmentId, organisationId: room.organisationId };
    const [made] = await tx
      .insert(evidenceLinks)
      .values({
        id: input.linkId,
        ...of,
        evidenceId,
        criterionKey,
        locator: input.locator,
        linkedAt: ctx.now,
        linkedBy: ctx.actor.userId,
      })
      // A link of this key that was taken away since is not made again by a late repeat.
      .onConflictDoNothing()
      .returning({ id: evidenceLinks.id });
    if (!made) return { linkId: input.linkId };
    await recordEvent(tx, {
      at: ctx.now,
      actorId: ctx.actor.userId,
      action: 'evidence.link',
      ...of,
      detail: { evidenceId, linkId: input.linkId, criterionKey },
    });
    return { linkId: input.linkId };
  });
}
