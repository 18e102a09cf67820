import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { submissions } from '#db/schema/assessments.ts';
import { evidence, evidenceLinks, submissionEvidence } from '#db/schema/evidence.ts';
import { users } from '#db/schema/identity.ts';
import { statement } from '#db/statement.ts';
import { enclosedAt } from './enclosed-pieces.ts';
import type { LibraryRow } from './library-rows.ts';

/** One version of a piece, also one that was taken away. */
export type EvidenceVersion = Omit<LibraryRow, 'links' | 'sortKey'> & {
  addedBy: string;
  replacesId: string | null;
  removedAt: Date | null;
  /** Its bytes are kept. */
  stored: boolean;
  links: readonly { id: string; criterionKey: string; locator: string }[];
  /** Numbers of the submissions that pin it. */
  submissions: readonly number[];
};

/** All versions of the piece to which one of them belongs, newest first. One statement. */
export function readVersions(
  tx: Transaction,
  { assessmentId, evidenceId }: { assessmentId: string; evidenceId: string },
): Promise<EvidenceVersion[]> {
  return selectVersions(tx, { assessmentId, evidenceId });
}

const given = (name: string) => sql.placeholder(name);

/** Down to the first version, and from there up to every newer one. `number` counts from the first. */
const version = sql`(
  with recursive down as (
    select id, replaces_id from ${evidence}
      where id = ${given('evidenceId')}::uuid and assessment_id = ${given('assessmentId')}::uuid
    union all select older.id, older.replaces_id from ${evidence} older join down on older.id = down.replaces_id
  ), up as (
    select id, 1 as number from down where replaces_id is null
    union all select newer.id, up.number + 1 from ${evidence} newer join up on newer.replaces_id = up.id
  )
  select e.*, up.number, u.name as added_by_name from up join ${evidence} e on e.id = up.id
    join ${users} u on u.id = e.added_by
) as version`;

const selectVersions = statement('evidence:versions', (db) =>
  db
    .select({
      id: sql<string>`version.id`,
      kind: sql<EvidenceVersion['kind']>`version.kind`,
      title: sql<string>`version.title`,
      aboutPeriod: sql<string>`version.about_period`,
      effectiveOn: sql<string | null>`version.effective_on::text`,
      addedAt: sql<Date>`version.added_at`.mapWith(evidence.addedAt),
      addedBy: sql<string>`version.added_by`,
      addedByName: sql<string>`version.added_by_name`,
      fileName: sql<string | null>`version.file_name`,
      mediaType: sql<string | null>`version.media_type`,
      sizeBytes: sql<number | null>`version.size_bytes::float8`,
      sha256: sql<string | null>`encode(version.sha256, 'hex')`,
      webAddress: sql<string | null>`version.web_address`,
      seenOn: sql<string | null>`version.seen_on::text`,
      scan: sql<EvidenceVersion['scan']>`version.scan_result`,
      version: sql<number>`version.number`,
      replacesId: sql<string | null>`version.replaces_id`,
      removedAt: sql<Date | null>`version.removed_at`.mapWith(evidence.removedAt),
      stored: sql<boolean>`version.storage_key is not null`,
      links: sql<EvidenceVersion['links']>`(select coalesce(json_agg(json_build_object('id', l.id,
        'criterionKey', l.criterion_key, 'locator', l.locator) order by l.criterion_key), '[]') from ${evidenceLinks} l
        where l.assessment_id = version.assessment_id and l.evidence_id = version.id and l.removed_at is null)`,
      enclosedAt: enclosedAt('version'),
      submissions: sql<number[]>`(select coalesce(json_agg(s.number order by s.number), '[]')
        from ${submissionEvidence} pin join ${submissions} s on s.id = pin.submission_id
        where pin.evidence_id = version.id)`,
    })
    .from(version)
    .orderBy(sql`version.number desc, version.added_at desc, version.id`),
);
