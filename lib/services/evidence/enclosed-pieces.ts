import { type SQL, sql } from 'drizzle-orm';
import { evidence } from '#db/schema/evidence.ts';
import { draftOutcomes, hearingEvidence } from '#db/schema/hearing.ts';
import { informationRequests, supplementEvidence } from '#db/schema/requests.ts';
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

/** Where a piece is enclosed: with the supplement of a request, or at a section of a version of the draft outcome. */
export type EnclosedAt = { requestId: string; criterionKey: string } | { version: number; sectionKey: string };

/** All of those, as a column of a statement that calls the piece `piece`. Only in an insurer's transactions. */
export const enclosedAt = (piece: string) => sql<EnclosedAt[]>`(select coalesce(json_agg(enclosed.at), '[]') from (
  select json_build_object('requestId', r.id, 'criterionKey', r.criterion_key) as at
    from ${supplementEvidence} s join ${informationRequests} r on r.id = s.request_id
    where s.evidence_id = ${sql.raw(piece)}.id and s.removed_at is null
  union all
  select json_build_object('version', d.version, 'sectionKey', h.section_key)
    from ${hearingEvidence} h join ${draftOutcomes} d on d.id = h.draft_outcome_id
    where h.evidence_id = ${sql.raw(piece)}.id and h.removed_at is null) as enclosed)`;

/** Whether it is enclosed anywhere, as a condition on the piece that a statement calls `piece`. */
export const isEnclosed = (piece: string) => sql<boolean>`(
  exists (select from ${supplementEvidence} s where s.evidence_id = ${sql.raw(piece)}.id and s.removed_at is null)
  or exists (select from ${hearingEvidence} h where h.evidence_id = ${sql.raw(piece)}.id and h.removed_at is null))`;
