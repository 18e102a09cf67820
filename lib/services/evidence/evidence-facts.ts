import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import { memberships } from '#db/schema/identity.ts';
import type { ScanState } from '#domain/evidence-rules.ts';
import type { Role } from '#domain/policy.ts';

/** One place that a piece supports: a page or paragraph at a criterion. */
export type EvidenceLinkView = { id: string; criterionKey: string; locator: string };

/** A piece of evidence as the insurer's pages list it. People are shown by role. */
export type EvidencePiece = {
  id: string;
  kind: 'file' | 'web_address';
  title: string;
  aboutPeriod: string;
  fileName: string | null;
  mediaType: string | null;
  sizeBytes: number | null;
  webAddress: string | null;
  /** `YYYY-MM-DD`. */
  seenOn: string | null;
  scan: ScanState;
  addedAt: string;
  addedByRoles: readonly Role[];
  links: readonly EvidenceLinkView[];
  /** There is a newer version of it. */
  replaced: boolean;
};

/** All pieces of an assessment that were not taken away, oldest first, with where they are used. One statement. */
export async function readEvidence(tx: Transaction, assessmentId: string): Promise<readonly EvidencePiece[]> {
  const rows = await tx
    .select({
      id: evidence.id,
      kind: evidence.kind,
      title: evidence.title,
      aboutPeriod: evidence.aboutPeriod,
      fileName: evidence.fileName,
      mediaType: evidence.mediaType,
      sizeBytes: evidence.sizeBytes,
      webAddress: evidence.webAddress,
      seenOn: evidence.seenOn,
      scan: evidence.scanResult,
      addedAt: evidence.addedAt,
      addedByRoles: memberships.roles,
      links: sql<EvidenceLinkView[]>`coalesce(standing.links, '[]'::json)`,
      replaced: sql<boolean>`exists (select from ${evidence} newer
        where newer.replaces_id = ${evidence.id} and newer.removed_at is null)`,
    })
    .from(evidence)
    // Gathered once for the whole assessment, not piece by piece.
    .leftJoin(
      sql`(select evidence_id, json_agg(json_build_object('id', id, 'criterionKey', criterion_key, 'locator', locator)
        order by criterion_key) as links from ${evidenceLinks}
        where assessment_id = ${sql.placeholder('assessmentId')}::uuid and removed_at is null group by evidence_id) as standing`,
      sql`standing.evidence_id = ${evidence.id}`,
    )
    .leftJoin(
      memberships,
      and(
        eq(memberships.userId, evidence.addedBy),
        eq(memberships.organisationId, evidence.organisationId),
        isNull(memberships.endedAt),
      ),
    )
    .where(and(eq(evidence.assessmentId, sql.placeholder('assessmentId')), isNull(evidence.removedAt)))
    .orderBy(evidence.addedAt, evidence.id)
    .prepare('evidence:pieces')
    .execute({ assessmentId });
  return rows.map((row) => ({ ...row, addedAt: row.addedAt.toISOString(), addedByRoles: row.addedByRoles ?? [] }));
}
