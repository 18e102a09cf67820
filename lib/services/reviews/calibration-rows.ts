import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { memberships, organisations } from '#db/schema/identity.ts';
import { conflictsOfInterest, determinations, verdicts } from '#db/schema/reviews.ts';
import type { Ground, Response } from '#domain/answers.ts';
import type { Level } from '#domain/framework.ts';
import type { Context } from '#services/context.ts';

const round = sql.placeholder('roundId');
const me = sql.placeholder('userId');

/** The cases of a round that the actor may see anything of: signed, and of no insurer that it has an interest in. */
const cases = sql`cases as (select a.id, a.organisation_id from ${assessments} a where a.round_id = ${round}::uuid
  and not exists (select from ${conflictsOfInterest} c where c.organisation_id = a.organisation_id and c.user_id = ${me}::uuid)
  and exists (select from ${submissions} s where s.assessment_id = a.id and s.withdrawn_at is null))`;

/**
 * The verdict that counts on each criterion, beside what was claimed in the submission it was given on: the outside
 * result, else the answer. `change` is -1 for a word lower than that, 1 for a higher one, 0 for a confirmation. A
 * submission is taken apart once.
 */
const judged = sql`claimed as materialized (select s.id, claim.key, claim.value ->> 'response' as response
    from ${submissions} s join cases on cases.id = s.assessment_id,
      jsonb_each((s.snapshot::jsonb -> 'answers') || (s.snapshot::jsonb -> 'outside')) as claim),
  latest as (select distinct on (v.assessment_id, v.criterion_key) v.assessment_id, v.criterion_key, v.submission_id,
      v.response::text as response, v.overrides, v.ground::text as ground, v.decided_by
    from ${verdicts} v join cases on cases.id = v.assessment_id where v.criterion_key is not null
    order by v.assessment_id, v.criterion_key, v.version desc),
  judged as (select latest.*, case when not latest.overrides then 0
      when array_position(array['not_met', 'partly', 'met'], latest.response) >
        array_position(array['not_met', 'partly', 'met'], claimed.response) then 1 else -1 end as change
    from latest left join claimed on claimed.id = latest.submission_id and claimed.key = latest.criterion_key)`;

/** The determination that counts on each section. */
const determined = sql`determined as (select distinct on (d.assessment_id, d.section_key) d.assessment_id, d.section_key,
    d.level, d.computed_level, d.determined_by
  from ${determinations} d join cases on cases.id = d.assessment_id
  order by d.assessment_id, d.section_key, d.version desc)`;

/** How one criterion was judged over all cases. */
export type CriterionRow = {
  key: string;
  counts: Readonly<Record<Response, number>>;
  raised: number;
  lowered: number;
  ground: Ground | null;
  groundTimes: number;
};

/** Every criterion with a verdict, most overrides first; one statement. */
export async function readCriterionRows(tx: Transaction, ctx: Context, roundId: string): Promise<CriterionRow[]> {
  const rows = await tx
    .select({
      key: sql<string>`counted.criterion_key`,
      met: sql<number>`counted.met`,
      partly: sql<number>`counted.partly`,
      notMet: sql<number>`counted.not_met`,
      raised: sql<number>`counted.raised`,
      lowered: sql<number>`counted.lowered`,
      ground: sql<Ground | null>`counted.ground`,
      groundTimes: sql<number>`counted.ground_times`,
    })
    .from(
      sql`(with ${cases}, ${judged} select criterion_key,
        count(*) filter (where response = 'met')::int as met, count(*) filter (where response = 'partly')::int as partly,
        count(*) filter (where response = 'not_met')::int as not_met,
        count(*) filter (where change = 1)::int as raised, count(*) filter (where change = -1)::int as lowered,
        mode() within group (order by ground) as ground,
        max(times)::int as ground_times
        from (select *, count(*) filter (where ground is not null) over (partition by criterion_key, ground) as times
          from judged) as named group by criterion_key) as counted`,
    )
    .orderBy(sql`counted.raised + counted.lowered desc, counted.criterion_key`)
    .prepare('calibration:criteria')
    .execute({ roundId, userId: ctx.actor.userId });
  return rows.map(({ met, partly, notMet, ...row }) => ({ ...row, counts: { met, partly, not_met: notMet } }));
}

/** How one section was scored over all cases: how many on each level, as computed, and how many were determined otherwise. */
export type SectionRow = { key: string; levels: readonly number[]; mean: number; raised: number; lowered: number };

export async function readSectionRows(tx: Transaction, ctx: Context, roundId: string): Promise<SectionRow[]> {
  const at = (level: number) => sql`count(*) filter (where computed_level = ${sql.raw(String(level))})::int`;
  const rows = await tx
    .select({
      key: sql<string>`counted.section_key`,
      levels: sql<number[]>`counted.levels`,
      mean: sql<number>`counted.mean`,
      raised: sql<number>`counted.raised`,
      lowered: sql<number>`counted.lowered`,
    })
    .from(
      sql`(with ${cases}, ${determined} select section_key,
        json_build_array(${at(1)}, ${at(2)}, ${at(3)}, ${at(4)}, ${at(5)}) as levels,
        avg(computed_level)::float as mean,
        count(*) filter (where level > computed_level)::int as raised,
        count(*) filter (where level < computed_level)::int as lowered
        from determined group by section_key) as counted`,
    )
    .orderBy(sql`counted.section_key`)
    .prepare('calibration:sections')
    .execute({ roundId, userId: ctx.actor.userId });
  return rows;
}

/** How one reviewer judges: per their code, how often otherwise than the insurer, and in which direction. */
export type ReviewerRow = {
  userId: string;
  cases: number;
  verdicts: number;
  raised: number;
  lowered: number;
  determinedRaised: number;
  determinedLowered: number;
};

export async function readReviewerRows(tx: Transaction, ctx: Context, roundId: string): Promise<ReviewerRow[]> {
  const rows = await tx
    .select({
      userId: sql<string>`counted.decided_by`,
      cases: sql<number>`counted.cases`,
      verdicts: sql<number>`counted.verdicts`,
      raised: sql<number>`counted.raised`,
      lowered: sql<number>`counted.lowered`,
      determinedRaised: sql<number>`counted.determined_raised`,
      determinedLowered: sql<number>`counted.determined_lowered`,
    })
    .from(
      sql`(with ${cases}, ${judged}, ${determined}, others as (select determined_by,
          count(*) filter (where level > computed_level)::int as raised,
          count(*) filter (where level < computed_level)::int as lowered from determined group by determined_by)
        select decided_by, count(distinct assessment_id)::int as cases, count(*)::int as verdicts,
        count(*) filter (where change = 1)::int as raised, count(*) filter (where change = -1)::int as lowered,
        coalesce(max(others.raised), 0)::int as determined_raised,
        coalesce(max(others.lowered), 0)::int as determined_lowered
        from judged join ${memberships} m on m.user_id = judged.decided_by
          and m.organisation_id = ${sql.placeholder('staffOf')}::uuid
        left join others on others.determined_by = judged.decided_by group by decided_by) as counted`,
    )
    .orderBy(sql`(counted.raised + counted.lowered)::float / counted.verdicts desc, counted.decided_by`)
    .prepare('calibration:reviewers')
    .execute({ roundId, userId: ctx.actor.userId, staffOf: ctx.actor.organisationId });
  return rows;
}

/** A case that lies furthest from the others on a section. */
export type Outlier = {
  assessmentId: string;
  organisation: string;
  sectionKey: string;
  computedLevel: Level;
  level: Level;
  mean: number;
  distance: number;
  decidedBy: string;
};

/** The ten sections of cases furthest from the round's mean, at least one and a half level; one statement. */
export async function readOutliers(tx: Transaction, ctx: Context, roundId: string): Promise<Outlier[]> {
  return tx
    .select({
      assessmentId: sql<string>`far.assessment_id`,
      organisation: sql<string>`far.name`,
      sectionKey: sql<string>`far.section_key`,
      computedLevel: sql<Level>`far.computed_level`,
      level: sql<Level>`far.level`,
      mean: sql<number>`far.mean`,
      distance: sql<number>`far.distance`,
      decidedBy: sql<string>`far.determined_by`,
    })
    .from(
      sql`(with ${cases}, ${determined}, means as (select section_key, avg(level)::float as mean, count(*) as n
          from determined group by section_key)
        select d.assessment_id, o.name, d.section_key, d.computed_level, d.level, means.mean,
          abs(d.level - means.mean) as distance, d.determined_by
        from determined d join means on means.section_key = d.section_key and means.n > 2
        join ${assessments} a on a.id = d.assessment_id join ${organisations} o on o.id = a.organisation_id
        where abs(d.level - means.mean) >= 1.5) as far`,
    )
    .orderBy(sql`far.distance desc, far.section_key, far.name`)
    .limit(10)
    .prepare('calibration:outliers')
    .execute({ roundId, userId: ctx.actor.userId });
}

/** How many cases have a verdict, of how many that were signed. */
export async function readCaseCounts(tx: Transaction, ctx: Context, roundId: string) {
  const [row] = await tx
    .select({
      signed: sql<number>`(select count(*)::int from (with ${cases} select id from cases) as all_cases)`,
      judged: sql<number>`(select count(distinct v.assessment_id)::int from ${verdicts} v
        where v.assessment_id in (with ${cases} select id from cases))`,
    })
    .from(sql`(values (1)) as one`)
    .prepare('calibration:cases')
    .execute({ roundId, userId: ctx.actor.userId });
  return row ?? { signed: 0, judged: 0 };
}
