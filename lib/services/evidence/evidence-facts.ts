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
      links: sql<EvidenceLinkView[]>`(select coalesce(json_agg(json_build_object('id', ${evidenceLinks.id},
        'criterionKey', ${evidenceLinks.criterionKey}, 'locator', ${evidenceLinks.locator})
        order by ${evidenceLinks.criterionKey}), '[]')
        from ${evidenceLinks} where ${evidenceLinks.assessmentId} = ${evidence.assessmentId}
        and ${evidenceLinks.evidenceId} = ${evidence.id} and ${evidenceLinks.removedAt} is null)`,
    })
    .from(evidence)
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
