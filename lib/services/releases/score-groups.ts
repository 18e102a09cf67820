import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { fraction } from '#domain/fraction.ts';
import type { Framework, Level } from '#domain/framework.ts';
import type { ReleasedTotal, ScoreGroup } from '#domain/release-rules.ts';

/** Who stood behind which figures of each section, by key, and the totals that earlier releases show. */
export type ScoreGroups = { sections: ReadonlyMap<string, readonly ScoreGroup[]>; totals: readonly ReleasedTotal[] };

type Asked = {
  roundId: string;
  number: number;
  included: SQL | undefined;
  sections: readonly Pick<Framework['sections'][number], 'key' | 'weight'>[];
};
type Group = { section_key: string; releases: number[]; score: Level; applicable: string[]; insurers: number };
/** A total that an earlier release shows stands between the groups: they come in one statement. */
type Total = { section_key: null; releases: [number]; numerator: number; denominator: number; insurers: number };

/**
 * For each section the publications by the releases that show it or a total, by their level, and by the sections that
 * apply to them; those of the release that is being made under `number`. The database counts; nothing here grows with the
 * sector.
 * @param included what stands behind the release that is being made
 */
export async function readScoreGroups(tx: Transaction, asked: Asked): Promise<ScoreGroups> {
  const rows = await readRows(tx, asked);
  const weights = new Map(asked.sections.map(({ key, weight }) => [key, weight]));
  const weightOf = (key: string) => weights.get(key) ?? 0;
  const groups = rows.filter((row) => row.section_key !== null);
  const totals = rows.filter((row) => row.section_key === null);
  return {
    sections: Map.groupBy(
      groups.map(({ section_key: sectionKey, releases, score, applicable, insurers }) => ({
        releases,
        score,
        insurers,
        sectionKey,
        share: fraction(
          weightOf(sectionKey),
          applicable.reduce((sum, key) => sum + weightOf(key), 0),
        ),
      })),
      ({ sectionKey }) => sectionKey,
    ),
    totals: totals.map(({ releases: [release], numerator, denominator, insurers }) => ({
      release,
      mean: fraction(numerator, denominator),
      insurers,
    })),
  };
}

const readRows = (tx: Transaction, { roundId, number, included }: Asked) =>
  tx.execute<Group | Total>(sql`
    with scores as (
      select publication_sections.publication_id, publication_sections.section_key, publication_sections.level as score,
        array_agg(publication_sections.section_key) over (partition by publication_sections.publication_id
          order by publication_sections.section_key rows between unbounded preceding and unbounded following) as applicable
      from publication_sections join publications on publications.id = publication_sections.publication_id
      where publications.round_id = ${roundId}
    ), members as (
      select id as publication_id, ${number}::int as number, null::uuid as release_id from publications where ${included}
      union all
      select release_inclusions.publication_id, releases.number, releases.id
      from release_inclusions join releases on releases.id = release_inclusions.release_id
      where releases.round_id = ${roundId} and releases.number < ${number}::int
    ), behind as (
      select scores.section_key, scores.publication_id, scores.score, scores.applicable,
        array_agg(members.number order by members.number) as releases
      from members join scores on scores.publication_id = members.publication_id
      where members.release_id is null or exists (select from release_figures
        where release_figures.release_id = members.release_id
        and release_figures.section_key in (scores.section_key, 'total')
        and release_figures.mean_numerator is not null and release_figures.computed_in is null)
      group by scores.section_key, scores.publication_id, scores.score, scores.applicable
    )
    select section_key, releases, score, applicable, count(*)::int as insurers,
      null::int as numerator, null::int as denominator
    from behind group by section_key, releases, score, applicable
    union all
    select null, array[releases.number], null, null, release_figures.insurers,
      release_figures.mean_numerator::int, release_figures.mean_denominator::int
    from releases join release_figures on release_figures.release_id = releases.id
    where releases.round_id = ${roundId} and releases.number < ${number}::int and release_figures.section_key = 'total'
      and release_figures.mean_numerator is not null and release_figures.computed_in is null`);
