import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import { recordEvent } from '#services/audit.ts';
import { onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { authorizeAt, readRoom } from './evidence-room.ts';

/** `linkId` is made by the client, so that a repeat finds its own row. */
export const linkEvidenceInput = z.object({
  assessmentId: z.uuid(),
  criterionKey: z.string().max(32),
  evidenceId: z.uuid(),
  linkId: z.uuid(),
  locator: z.string().trim().max(200, 'too_long').default(''),
});
export type LinkEvidenceInput = z.infer<typeof linkEvidenceInput>;

/** Lets a piece that is stored already support another criterion. One that it supports already stays as it is. */
export async function linkEvidence(ctx: Context, input: LinkEvidenceInput): Promise<{ linkId: string }> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [room, pieces, links] = await Promise.all([
      readRoom(tx, input.assessmentId),
      tx
        .select({ id: evidence.id })
        .from(evidence)
        .where(
          and(
            eq(evidence.id, sql.placeholder('evidenceId')),
            eq(evidence.assessmentId, sql.placeholder('assessmentId')),
            isNull(evidence.removedAt),
          ),
        )
        .prepare('link-evidence:piece')
        .execute({ evidenceId: input.evidenceId, assessmentId: input.assessmentId }),
      tx
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
        .execute({
          assessmentId: input.assessmentId,
          evidenceId: input.evidenceId,
          criterionKey: input.criterionKey,
        }),
    ]);
    await authorizeAt(tx, ctx.actor, 'evidence.store', room, [input.criterionKey]);
    if (pieces.length === 0) throw notFound();
    if (links[0]) return { linkId: links[0].id };
    const of = { assessmentId: room.assessmentId, organisationId: room.organisationId };
    const [made] = await tx
      .insert(evidenceLinks)
      .values({
        id: input.linkId,
        ...of,
        evidenceId: input.evidenceId,
        criterionKey: input.criterionKey,
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
      detail: { evidenceId: input.evidenceId, linkId: input.linkId, criterionKey: input.criterionKey },
    });
    return { linkId: input.linkId };
  });
}
