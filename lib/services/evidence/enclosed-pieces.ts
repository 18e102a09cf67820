import { type SQL, sql } from 'drizzle-orm';
import { evidence } from '#db/schema/evidence.ts';
import { hearingEvidence } from '#db/schema/hearing.ts';
import { supplementEvidence } from '#db/schema/requests.ts';
import type { ScanState } from '#domain/evidence-rules.ts';

/** A piece that goes with a supplement or an objection, and the page or paragraph that it is named for. */
export type EnclosedPiece = {
  id: string;
  kind: 'file' | 'web_address';
  title: string;
  fileName: string | null;
  mediaType: string | null;
  sizeBytes: number | null;
  webAddress: string | null;
  scan: ScanState;
  locator: string;
};

/** By section key; a section with which nothing goes is not there. */
export type EnclosedBySection = Readonly<Record<string, readonly EnclosedPiece[]>>;

const piece = sql`json_build_object('id', e.id, 'kind', e.kind, 'title', e.title, 'fileName', e.file_name,
  'mediaType', e.media_type, 'sizeBytes', e.size_bytes, 'webAddress', e.web_address, 'scan', e.scan_result,
  'locator', enclosure.locator) order by e.title, e.id`;

/** What goes with a supplement, as a column of a statement in which `requestId` stands. */
export const enclosedWithRequest = (requestId: SQL) =>
  sql<EnclosedPiece[]>`(select coalesce(json_agg(${piece}), '[]') from ${supplementEvidence} enclosure
    join ${evidence} e on e.id = enclosure.evidence_id
    where enclosure.request_id = ${requestId} and enclosure.removed_at is null)`;

/** What goes with the insurer's words on a draft outcome, as a column of a statement in which `draftOutcomeId` stands. */
export const enclosedWithOutcome = (draftOutcomeId: SQL) =>
  sql<EnclosedBySection>`(select coalesce(json_object_agg(section_key, pieces), '{}') from (
    select enclosure.section_key, json_agg(${piece}) as pieces from ${hearingEvidence} enclosure
    join ${evidence} e on e.id = enclosure.evidence_id
    where enclosure.draft_outcome_id = ${draftOutcomeId} and enclosure.removed_at is null
    group by enclosure.section_key) as enclosed)`;
