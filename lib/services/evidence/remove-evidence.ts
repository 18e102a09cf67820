import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { evidence, evidenceLinks, submissionEvidence } from '#db/schema/evidence.ts';
import { recordEvent } from '#services/audit.ts';
import { onlyInsurer } from '#services/authorize.ts';
import { inTransaction } from '#services/context.ts';
import { notFound, precondition } from '#services/errors.ts';
import { takeUnsentAway, wasSent } from './enclosing.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { authorizeAt, authorizePiece, readRoom } from './evidence-room.ts';

export const removeEvidenceInput = z.object({ assessmentId: z.uuid(), evidenceId: z.uuid() });
export type RemoveEvidenceInput = z.infer<typeof removeEvidenceInput>;

/**
 * Takes a piece away from the assessment, and from every criterion that it supports. Its bytes go too, unless a
 * submission ever pinned it, or it was sent with a supplement or in a hearing: what was signed or sent is kept; or a piece of another round shares them. The version before it is
 * then the last one again. What was taken away already stays so.
 * @throws precondition `between_versions` when there is an older and a newer version: the line of versions stays whole
 */
export async function removeEvidence(
  ctx: EvidenceContext,
  input: RemoveEvidenceInput,
): Promise<{ evidenceId: string }> {
  onlyInsurer(ctx.actor);
  const erase = await inTransaction(ctx, async (tx) => {
    const [room, piece] = await Promise.all([readRoom(tx, input.assessmentId), readPiece(tx, input)]);
    if (!piece) throw notFound();
    // What supports nothing lies in no section: who is limited to some takes away only what is theirs.
    if (piece.criterionKeys.length === 0) await authorizePiece(tx, ctx.actor, 'evidence.remove', room, piece);
    else await authorizeAt(tx, ctx.actor, 'evidence.remove', room, piece.criterionKeys);
    if (piece.removedAt) return null;
    if (piece.hasOlder && piece.hasNewer) throw precondition(['between_versions']);
    const kept = piece.pinned || piece.shared;
    const gone = { removedAt: ctx.now, removedBy: ctx.actor.userId };
    await Promise.all([
      tx
        .update(evidence)
        .set({ ...gone, ...(piece.pinned ? {} : { storageKey: null }) })
        .where(eq(evidence.id, piece.id)),
      ...takeUnsentAway(tx, ctx, piece.id),
      tx
        .update(evidenceLinks)
        .set(gone)
        .where(
          and(
            eq(evidenceLinks.assessmentId, room.assessmentId),
            eq(evidenceLinks.evidenceId, piece.id),
            isNull(evidenceLinks.removedAt),
          ),
        ),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'evidence.remove',
        assessmentId: room.assessmentId,
        organisationId: room.organisationId,
        detail: { evidenceId: piece.id, criterionKeys: piece.criterionKeys, erased: !kept },
      }),
    ]);
    return kept ? null : piece.storageKey;
  });
  if (erase) await ctx.storage.remove(erase);
  return { evidenceId: input.evidenceId };
}

async function readPiece(tx: Transaction, { assessmentId, evidenceId }: RemoveEvidenceInput) {
  const [row] = await tx
    .select({
      id: evidence.id,
      addedBy: evidence.addedBy,
      removedAt: evidence.removedAt,
      storageKey: evidence.storageKey,
      criterionKeys: sql<string[]>`(select coalesce(json_agg(${evidenceLinks.criterionKey}), '[]') from ${evidenceLinks}
        where "evidence_links"."assessment_id" = "evidence"."assessment_id"
        and "evidence_links"."evidence_id" = "evidence"."id" and "evidence_links"."removed_at" is null)`,
      pinned: sql<boolean>`(exists (select from ${submissionEvidence}
        where "submission_evidence"."evidence_id" = "evidence"."id") or ${wasSent('"evidence"')})`,
      // What is shared came out of a submission, which pins it there: nobody can take that row's bytes away meanwhile.
      shared: sql<boolean>`exists (select from ${evidence} other
        where other.storage_key = "evidence"."storage_key" and other.id <> "evidence"."id")`,
      hasOlder: sql<boolean>`exists (select from ${evidence} older
        where older.id = "evidence"."replaces_id" and older.removed_at is null)`,
      hasNewer: sql<boolean>`exists (select from ${evidence} newer
        where newer.replaces_id = "evidence"."id" and newer.removed_at is null)`,
    })
    .from(evidence)
    .where(
      and(eq(evidence.id, sql.placeholder('evidenceId')), eq(evidence.assessmentId, sql.placeholder('assessmentId'))),
    )
    .prepare('remove-evidence:piece')
    .execute({ assessmentId, evidenceId });
  return row;
}
