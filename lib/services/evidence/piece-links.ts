import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import { statement } from '#db/statement.ts';
import type { StandingLink } from './standing-links.ts';

/** A piece that was not taken away, with the piece that it replaces and the links of both. */
export type LinkedPiece = { id: string; links: StandingLink[]; replacesId: string | null; olderLinks: StandingLink[] };

/** Reads the links of a piece, and of the version before it; undefined when there is no such piece. One statement. */
export async function readLinkedPiece(
  tx: Transaction,
  assessmentId: string,
  evidenceId: string,
): Promise<LinkedPiece | undefined> {
  const [row] = await selectLinkedPiece(tx, { assessmentId, evidenceId });
  return row;
}

const linksOf = (column: 'id' | 'replaces_id') => sql<StandingLink[]>`(
  select coalesce(json_agg(json_build_object('id', l.id, 'criterionKey', l.criterion_key, 'locator', l.locator,
    'assessmentId', l.assessment_id, 'organisationId', l.organisation_id) order by l.criterion_key), '[]')
  from ${evidenceLinks} l where l.assessment_id = "evidence"."assessment_id"
    and l.evidence_id = "evidence".${sql.identifier(column)} and l.removed_at is null)`;

const selectLinkedPiece = statement('evidence:linked-piece', (db) =>
  db
    .select({
      id: evidence.id,
      replacesId: evidence.replacesId,
      links: linksOf('id'),
      olderLinks: linksOf('replaces_id'),
    })
    .from(evidence)
    .where(
      sql`${evidence.id} = ${sql.placeholder('evidenceId')} and ${evidence.assessmentId} = ${sql.placeholder('assessmentId')}
        and ${evidence.removedAt} is null`,
    ),
);
