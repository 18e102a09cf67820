import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { evidence, evidenceLinks, submissionEvidence } from '#db/schema/evidence.ts';
import { hearingEvidence } from '#db/schema/hearing.ts';
import { supplementEvidence } from '#db/schema/requests.ts';
import { statement } from '#db/statement.ts';
import { recordEvent } from '#services/audit.ts';
import { onlyInsurer } from '#services/authorize.ts';
import { inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import {
  authorizeEnclosing,
  enclosingDetail,
  enclosingFields,
  enclosingOf,
  readEnclosure,
  takeEnclosureAway,
} from './enclosing.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { readRoom } from './evidence-room.ts';

export const removeEnclosureInput = z.object({ assessmentId: z.uuid(), evidenceId: z.uuid(), ...enclosingFields });
export type RemoveEnclosureInput = z.infer<typeof removeEnclosureInput>;

/**
 * Takes a piece away from a supplement, or from what is said of a section, before that is sent. A file that was stored for
 * it goes altogether, with its bytes, unless it is used elsewhere; one of the library stays there. Where it is not
 * enclosed nothing happens.
 * @throws as `authorizeEnclosing`: what was sent stays as it is
 */
export async function removeEnclosure(
  ctx: EvidenceContext,
  { assessmentId, evidenceId, ...fields }: RemoveEnclosureInput,
): Promise<{ evidenceId: string }> {
  onlyInsurer(ctx.actor);
  const enclosing = enclosingOf(fields);
  if (!enclosing) throw notFound();
  const erase = await inTransaction(ctx, async (tx) => {
    const room = await readRoom(tx, assessmentId);
    await authorizeEnclosing(tx, ctx, room, enclosing);
    const enclosed = await readEnclosure(tx, enclosing, evidenceId);
    if (!enclosed || enclosed.removedAt) return null;
    await takeEnclosureAway(tx, ctx, enclosing, evidenceId);
    const [piece] = enclosed.own ? await selectUse(tx, { evidenceId }) : [];
    const goes = piece?.used === false;
    await Promise.all([
      goes &&
        tx
          .update(evidence)
          .set({ removedAt: ctx.now, removedBy: ctx.actor.userId, storageKey: null })
          .where(eq(evidence.id, evidenceId)),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'evidence.remove_enclosure',
        assessmentId: room.assessmentId,
        organisationId: room.organisationId,
        detail: { evidenceId, ...enclosingDetail(enclosing), erased: goes },
      }),
    ]);
    return goes ? piece.storageKey : null;
  });
  if (erase) await ctx.storage.remove(erase);
  return { evidenceId };
}

const selectUse = statement('remove-enclosure:use', (db) =>
  db
    .select({
      storageKey: evidence.storageKey,
      used: sql<boolean>`(
        exists (select from ${evidenceLinks} l where l.evidence_id = "evidence"."id")
        or exists (select from ${submissionEvidence} pin where pin.evidence_id = "evidence"."id")
        or exists (select from ${supplementEvidence} s where s.evidence_id = "evidence"."id" and s.removed_at is null)
        or exists (select from ${hearingEvidence} h where h.evidence_id = "evidence"."id" and h.removed_at is null)
        or exists (select from ${evidence} other where other.id <> "evidence"."id"
          and (other.replaces_id = "evidence"."id" or other.storage_key = "evidence"."storage_key")))`,
    })
    .from(evidence)
    .where(eq(evidence.id, sql.placeholder('evidenceId'))),
);
