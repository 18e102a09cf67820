import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import { users } from '#db/schema/identity.ts';
import { statement } from '#db/statement.ts';
import type { ScanState } from '#domain/evidence-rules.ts';
import { type EnclosedAt, enclosedAt, isEnclosed } from './enclosed-pieces.ts';
import type { ListEvidenceInput } from './list-evidence.ts';

export const libraryPageSize = 25;

export type LibraryRow = {
  id: string;
  kind: 'file' | 'web_address';
  title: string;
  aboutPeriod: string;
  /** `YYYY-MM-DD`. */
  effectiveOn: string | null;
  addedAt: Date;
  addedByName: string;
  fileName: string | null;
  mediaType: string | null;
  sizeBytes: number | null;
  /** Lower-case hexadecimal. */
  sha256: string | null;
  webAddress: string | null;
  /** `YYYY-MM-DD`. */
  seenOn: string | null;
  scan: ScanState;
  /** Which version it is, from 1; those that were taken away keep their number. */
  version: number;
  links: readonly { criterionKey: string; locator: string }[];
  /** The supplements and objections that it goes with. */
  enclosedAt: readonly EnclosedAt[];
  sortKey: string;
};

/** `matching` with the filters on; of those, `before` come before the page. */
export type LibraryCounts = {
  all: number;
  unused: number;
  refused: number;
  waiting: number;
  matching: number;
  before: number;
};

const given = (name: string) => sql.placeholder(name);

/** Largest number of milliseconds or bytes that is turned round to sort it downwards as text. */
const most = sql`9007199254740991`;

/** One line a piece in its last version. Links are gathered once for the whole assessment, not piece by piece. */
const piece = sql`(
  select e.*, coalesce(l.links, '[]'::json) as links, coalesce(l.keys, '{}') as keys, u.name as added_by_name,
    case when e.scan_result = 'refused' then '0' else '1' end || case ${given('order')}::text
      when 'title' then lower(e.title)
      when 'size' then lpad((${most} - coalesce(e.size_bytes, 0))::text, 16, '0')
      when 'use' then lpad(coalesce(cardinality(l.keys), 0)::text, 6, '0') || lower(e.title)
      else lpad((${most} - (extract(epoch from e.added_at) * 1000)::bigint)::text, 16, '0') end as sort_key
  from ${evidence} e
  join ${users} u on u.id = e.added_by
  left join (select evidence_id, array_agg(criterion_key) as keys,
      json_agg(json_build_object('criterionKey', criterion_key, 'locator', locator) order by criterion_key) as links
    from ${evidenceLinks} where assessment_id = ${given('assessmentId')}::uuid and removed_at is null
    group by evidence_id) as l on l.evidence_id = e.id
  where e.assessment_id = ${given('assessmentId')}::uuid and e.removed_at is null
    and not exists (select from ${evidence} newer where newer.replaces_id = e.id and newer.removed_at is null)
) as piece`;

const isUnused = sql`(piece.keys = '{}' and piece.scan_result <> 'refused' and not ${isEnclosed('piece')})`;
const isRefused = sql`piece.scan_result = 'refused'`;
const isWaiting = sql`piece.scan_result = 'waiting'`;

const matches = sql`(${given('section')}::text is null
    or exists (select from unnest(piece.keys) as key where starts_with(key, ${given('section')}::text || '.')))
  and (${given('view')}::text = 'all' or (${given('view')}::text = 'unused' and ${isUnused})
    or (${given('view')}::text = 'refused' and ${isRefused}) or (${given('view')}::text = 'waiting' and ${isWaiting}))
  and (${given('q')}::text = '' or strpos(lower(concat_ws(' ', piece.title, piece.file_name, piece.web_address,
    piece.about_period)), lower(${given('q')}::text)) > 0)`;

const here = sql`(piece.sort_key, piece.id::text)`;
const there = sql`(${given('placeKey')}::text, ${given('placeId')}::text)`;

/** The lines of a page and one more, forwards from `after` or backwards from `before`. */
export function readLibraryRows(tx: Transaction, input: ListEvidenceInput): Promise<LibraryRow[]> {
  return input.before === null ? selectForwards(tx, parameters(input)) : selectBackwards(tx, parameters(input));
}

/** How many pieces there are of each kind, and how many match the filters. */
export async function readLibraryCounts(tx: Transaction, input: ListEvidenceInput): Promise<LibraryCounts> {
  const select = input.before === null ? selectCounts : selectCountsBefore;
  const [counts] = await select(tx, parameters(input));
  return counts ?? { all: 0, unused: 0, refused: 0, waiting: 0, matching: 0, before: 0 };
}

const selectForwards = rowsStatement('library:rows', sql`${here} > ${there}`, sql`piece.sort_key, piece.id::text`);
const selectBackwards = rowsStatement(
  'library:rows-before',
  sql`${here} < ${there}`,
  sql`piece.sort_key desc, piece.id::text desc`,
);
const selectCounts = countsStatement('library:counts', sql`${here} <= ${there}`);
const selectCountsBefore = countsStatement('library:counts-before', sql`${here} < ${there}`);

function rowsStatement(name: string, onward: SQL, order: SQL) {
  return statement(name, (db) =>
    db
      .select({
        id: sql<string>`piece.id`,
        kind: sql<LibraryRow['kind']>`piece.kind`,
        title: sql<string>`piece.title`,
        aboutPeriod: sql<string>`piece.about_period`,
        effectiveOn: sql<string | null>`piece.effective_on::text`,
        addedAt: sql<Date>`piece.added_at`.mapWith(evidence.addedAt),
        addedByName: sql<string>`piece.added_by_name`,
        fileName: sql<string | null>`piece.file_name`,
        mediaType: sql<string | null>`piece.media_type`,
        sizeBytes: sql<number | null>`piece.size_bytes::float8`,
        sha256: sql<string | null>`encode(piece.sha256, 'hex')`,
        webAddress: sql<string | null>`piece.web_address`,
        seenOn: sql<string | null>`piece.seen_on::text`,
        scan: sql<ScanState>`piece.scan_result`,
        version: versionNumber,
        links: sql<LibraryRow['links']>`piece.links`,
        enclosedAt: enclosedAt('piece'),
        sortKey: sql<string>`piece.sort_key`,
      })
      .from(piece)
      .where(sql`${matches} and ${onward}`)
      .orderBy(order)
      .limit(libraryPageSize + 1),
  );
}

/** How long the line of versions is that ends in the piece. */
const versionNumber = sql<number>`(with recursive line as (select piece.replaces_id as before
    union all select older.replaces_id from ${evidence} older join line on older.id = line.before)
  select count(*)::int from line)`;

function countsStatement(name: string, earlier: SQL) {
  const count = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::int`;
  return statement(name, (db) =>
    db
      .select({
        all: count(sql`true`),
        unused: count(isUnused),
        refused: count(isRefused),
        waiting: count(isWaiting),
        matching: count(matches),
        before: count(sql`${matches} and ${earlier}`),
      })
      .from(piece),
  );
}

function parameters({ after, before, ...filters }: ListEvidenceInput) {
  const place = before ?? after;
  return { ...filters, placeKey: place?.key ?? '', placeId: place?.id ?? '' };
}
