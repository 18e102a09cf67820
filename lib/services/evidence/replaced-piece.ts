import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import { statement } from '#db/statement.ts';
import type { Context } from '#services/context.ts';
import { invalid, notFound } from '#services/errors.ts';
import { moveLinks, type StandingLink } from './standing-links.ts';

/** The piece of which a newer version comes. */
export type ReplacedPiece = {
  id: string;
  title: string;
  addedBy: string;
  refused: boolean;
  links: readonly StandingLink[];
  criterionKeys: readonly string[];
};

/**
 * Reads the piece that is to be replaced, as it stands under the lock.
 * @throws not found when it is not in this assessment; invalid with `fields.file` `replaced_already` when it has a newer version
 */
export async function readReplaced(tx: Transaction, assessmentId: string, evidenceId: string): Promise<ReplacedPiece> {
  const [row] = await selectReplaced(tx, { assessmentId, evidenceId });
  if (!row) throw notFound();
  if (row.replaced) throw invalid({ file: 'replaced_already' });
  const { replaced: _, scan, ...piece } = row;
  return { ...piece, refused: scan === 'refused', criterionKeys: piece.links.map(({ criterionKey }) => criterionKey) };
}

/**
 * Of a file that was refused nothing is kept, so there is no version to go back to: it goes away, and what it was to
 * support is supported by the newer one. Every other piece stays as it is, until a person moves its links.
 */
export async function retireRefused(tx: Transaction, ctx: Context, piece: ReplacedPiece, newerId: string) {
  if (!piece.refused) return;
  await tx.update(evidence).set({ removedAt: ctx.now, removedBy: ctx.actor.userId }).where(eq(evidence.id, piece.id));
  await moveLinks(tx, ctx, piece.links, newerId);
}

const selectReplaced = statement('evidence:replaced', (db) =>
  db
    .select({
      id: evidence.id,
      title: evidence.title,
      addedBy: evidence.addedBy,
      scan: evidence.scanResult,
      replaced: sql<boolean>`exists (select from ${evidence} newer
        where newer.replaces_id = "evidence"."id" and newer.removed_at is null)`,
      links: sql<
        StandingLink[]
      >`(select coalesce(json_agg(json_build_object('id', l.id, 'criterionKey', l.criterion_key,
        'locator', l.locator, 'assessmentId', l.assessment_id, 'organisationId', l.organisation_id)
        order by l.criterion_key), '[]') from ${evidenceLinks} l
        where l.assessment_id = "evidence"."assessment_id" and l.evidence_id = "evidence"."id" and l.removed_at is null)`,
    })
    .from(evidence)
    .where(
      and(
        eq(evidence.id, sql.placeholder('evidenceId')),
        eq(evidence.assessmentId, sql.placeholder('assessmentId')),
        isNull(evidence.removedAt),
      ),
    ),
);
