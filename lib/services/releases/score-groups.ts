import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import type { ScoreGroup } from '#domain/release-rules.ts';

/** By section key and `total`. */
export type ScoreGroups = ReadonlyMap<string, readonly ScoreGroup[]>;

type Row = { section_key: string; releases: number[]; score: string; insurers: number };

/**
 * Who stood behind which figures: for each figure the publications by the releases that show it and by their score, those
 * of the release that is being made under `number`. The database counts; nothing here grows with the sector.
 * @param included what stands behind the release that is being made
 */
export async function readScoreGroups(
  tx: Transaction,
  { roundId, number, included }: { roundId: string; number: number; included: SQL | undefined },
): Promise<ScoreGroups> {
  const rows = await tx.execute<Row>(sql`
    with scores as (
      select publication_sections.publication_id, publication_sections.section_key, publication_sections.level::text as score
      from publication_sections join publications on publications.id = publication_sections.publication_id
      where publications.round_id = ${roundId}
      union all
      select id, 'total', total_numerator || '/' || total_denominator
      from publications where round_id = ${roundId} and total_numerator is not null
    ), members as (
      select id as publication_id, ${number}::int as number, null::uuid as release_id from publications where ${included}
      union all
      select release_inclusions.publication_id, releases.number, releases.id
      from release_inclusions join releases on releases.id = release_inclusions.release_id
      where releases.round_id = ${roundId} and releases.number < ${number}::int
    ), behind as (
      select scores.section_key, scores.publication_id, scores.score,
        array_agg(members.number order by members.number) as releases
      from members join scores on scores.publication_id = members.publication_id
      where members.release_id is null or exists (select from release_figures
        where release_figures.release_id = members.release_id and release_figures.section_key = scores.section_key
        and release_figures.mean_numerator is not null and release_figures.computed_in is null)
      group by scores.section_key, scores.publication_id, scores.score
    )
    select section_key, releases, score, count(*)::int as insurers from behind group by section_key, releases, score`);
  return Map.groupBy(
    rows.map(({ section_key, ...group }) => ({ ...group, sectionKey: section_key })),
    ({ sectionKey }) => sectionKey,
  );
}
