import 'server-only';
import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import type { Actor } from '#domain/policy.ts';
import { authorize } from '#services/authorize.ts';
import type { Context } from '#services/context.ts';
import { notFound, precondition } from '#services/errors.ts';
import { authorizeAt, type EvidenceRoom } from './evidence-room.ts';

/** Where a file goes: to a criterion, in the place of an older version, or to the assessment's own files alone. */
export type Place = {
  assessmentId: string;
  criterionKey: string | null;
  locator: string;
  replacesId: string | null;
};

/** The links of the piece that is replaced; none when nothing is. */
export type Replaced = { links: readonly { id: string; criterionKey: string; locator: string }[] };

/**
 * Lets the actor add a file in this place: at its criterion, and at every criterion that the replaced piece supports.
 * @throws not found for a piece that is not there, `replaced_already` for one that has a newer version
 */
export async function authorizePlace(
  tx: Transaction,
  actor: Actor,
  room: EvidenceRoom,
  { criterionKey, replacesId }: Place,
): Promise<Replaced> {
  const replaced = replacesId === null ? null : await readReplaced(tx, room.assessmentId, replacesId);
  const links = replaced?.links ?? [];
  const keys = [...(criterionKey === null ? [] : [criterionKey]), ...links.map((link) => link.criterionKey)];
  await authorizeAt(tx, actor, 'evidence.store', room, keys);
  // What supports nothing lies in no section: who is limited to some may add it to what is theirs.
  const sectionKey = actor.sectionKeys?.[0];
  if (keys.length === 0) {
    authorize(actor, 'evidence.store', { organisationId: room.organisationId, ...(sectionKey && { sectionKey }) });
  }
  if (replaced?.newer) throw precondition(['replaced_already']);
  return { links };
}

/** The newer version supports from now on what the older one did; the older one keeps its row, its bytes and its hash. */
export async function takeOverLinks(
  tx: Transaction,
  ctx: Context,
  of: { assessmentId: string; organisationId: string; evidenceId: string },
  { links }: Replaced,
) {
  if (links.length === 0) return;
  await tx
    .update(evidenceLinks)
    .set({ removedAt: ctx.now, removedBy: ctx.actor.userId })
    .where(
      inArray(
        evidenceLinks.id,
        links.map(({ id }) => id),
      ),
    );
  await tx.insert(evidenceLinks).values(
    links.map(({ criterionKey, locator }) => ({
      id: randomUUID(),
      ...of,
      criterionKey,
      locator,
      linkedAt: ctx.now,
      linkedBy: ctx.actor.userId,
    })),
  );
}

async function readReplaced(tx: Transaction, assessmentId: string, replacesId: string) {
  const [row] = await tx
    .select({
      newer: sql<boolean>`exists (select from ${evidence} as newer
        where newer.replaces_id = "evidence"."id" and newer.removed_at is null)`,
      links: sql<Replaced['links']>`(select coalesce(json_agg(json_build_object('id', ${evidenceLinks.id},
        'criterionKey', ${evidenceLinks.criterionKey}, 'locator', ${evidenceLinks.locator})), '[]')
        from ${evidenceLinks} where "evidence_links"."evidence_id" = "evidence"."id"
        and "evidence_links"."assessment_id" = "evidence"."assessment_id" and "evidence_links"."removed_at" is null)`,
    })
    .from(evidence)
    .where(
      and(
        eq(evidence.id, sql.placeholder('replacesId')),
        eq(evidence.assessmentId, sql.placeholder('assessmentId')),
        isNull(evidence.removedAt),
      ),
    )
    .prepare('evidence:replaced')
    .execute({ assessmentId, replacesId });
  if (!row) throw notFound();
  return row;
}
