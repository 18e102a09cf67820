import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { releaseClaims } from '#db/schema/publications.ts';
import { compareFractions, fraction, fromLowest, weightedMean } from '#domain/fraction.ts';

type Pair = { section_key: string; own: string; determined: string; insurers: number };

/**
 * Keeps what the supervisor's report of a release says beside its figures: what insurers claimed against what was
 * determined, and how they stand on each criterion. Read once, from the very publications that stand behind the release.
 */
export async function keepSectorDetail(tx: Transaction, releaseId: string): Promise<void> {
  const behind = sql`publications.id in (select publication_id from release_inclusions where release_id = ${releaseId})`;
  const [pairs] = await Promise.all([
    tx.execute<Pair>(sql`
      with outcomes as (select content::jsonb as content from publications where ${behind})
      select section.key as section_key, section.own::text as own, section.level::text as determined, count(*)::int as insurers
      from outcomes, jsonb_to_recordset(content->'sections') as section(key text, own int, level int)
      where section.own is not null and section.level is not null group by 1, 2, 3
      union all
      select 'total', content->>'ownTotal', content->>'total', count(*)::int from outcomes
      where content->>'ownTotal' is not null and content->>'total' is not null group by 2, 3`),
    tx.execute(sql`
      with outcomes as (select content::jsonb as content from publications where ${behind}),
      found as (
        select criterion.key, criterion.answer->>'response' as claimed,
          coalesce(criterion.verdict->>'response', criterion.outside->>'response', criterion.answer->>'response') as response,
          coalesce((criterion.verdict->>'overrides')::boolean, false) as changed
        from outcomes, jsonb_to_recordset(content->'criteria')
          as criterion(key text, applies boolean, answer jsonb, outside jsonb, verdict jsonb)
        where criterion.applies
      ), missed as (
        select missing->>'criterion' as key, count(*)::int as insurers
        from outcomes, jsonb_array_elements(content->'gains') gain, jsonb_array_elements(gain->'missing') missing group by 1
      )
      insert into release_criteria
        (release_id, criterion_key, insurers, met, partly, not_met, claimed_met, changed, missing)
      select ${releaseId}::uuid, found.key, count(*)::int, count(*) filter (where response = 'met'),
        count(*) filter (where response = 'partly'), count(*) filter (where response = 'not_met'),
        count(*) filter (where claimed = 'met'), count(*) filter (where changed), coalesce(max(missed.insurers), 0)
      from found left join missed on missed.key = found.key group by found.key`),
  ]);
  const rows = [...Map.groupBy(pairs, ({ section_key }) => section_key)].flatMap(([sectionKey, same]) => {
    const count = (holds: (order: number) => boolean) =>
      same.reduce((sum, pair) => sum + (holds(compared(pair)) ? pair.insurers : 0), 0);
    const own = weightedMean(same.map((pair) => ({ value: exact(pair.own), weight: pair.insurers }))) ?? fraction(0);
    return {
      releaseId,
      sectionKey,
      insurers: count(() => true),
      ownNumerator: Number(own.numerator),
      ownDenominator: Number(own.denominator),
      lower: count((order) => order < 0),
      equal: count((order) => order === 0),
      higher: count((order) => order > 0),
    };
  });
  if (rows.length > 0) await tx.insert(releaseClaims).values(rows);
}

const exact = (score: string) => fromLowest(score);
const compared = ({ own, determined }: Pair) => compareFractions(exact(determined), exact(own));
