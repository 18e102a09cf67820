import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { organisations } from '#db/schema/identity.ts';
import { conflictsOfInterest, determinations, verdicts } from '#db/schema/reviews.ts';
import { rounds } from '#db/schema/rounds.ts';
import type { Ground, Response } from '#domain/answers.ts';
import type { Context } from '#services/context.ts';

/** The furthest from mean or claim come over, however many there are: a list is for looking at. */
const furthest = 20;
/** Cases of one criterion, reviewer and kind that a list can name. */
const casesEach = 3;

/** The cases of the round, without those of insurers with which the reader has a conflict. */
export function countedCases(ctx: Context, roundId: string): SQL {
  return sql`(select a.id from ${assessments} a where a.round_id = ${roundId} and not exists (
    select from ${conflictsOfInterest} c where c.user_id = ${ctx.actor.userId} and c.organisation_id = a.organisation_id))`;
}

/** Insurers of the round, and those with at least one verdict. */
export function readSize(tx: Transaction, counted: SQL) {
  return tx
    .select({
      insurers: sql<number>`(select count(*)::int from ${counted} as every)`,
      judged: sql<number>`(select count(distinct v.assessment_id)::int from ${verdicts} v
        where v.criterion_key is not null and v.assessment_id in ${counted})`,
    })
    .from(sql`(values (1)) as one`);
}

/** The verdict that counts on each criterion. One that was taken back has no response. */
const latestVerdicts = (counted: SQL) => sql`(select * from (
    select distinct on (v.assessment_id, v.criterion_key) v.* from ${verdicts} v
    where v.criterion_key is not null and v.assessment_id in ${counted}
    order by v.assessment_id, v.criterion_key, v.version desc) as every where every.response is not null)`;

/** What each insurer signed last, unless it took that back. */
const latestSigned = (counted: SQL) => sql`(select distinct on (s.assessment_id) s.* from ${submissions} s
  where s.withdrawn_at is null and s.assessment_id in ${counted} order by s.assessment_id, s.number desc)`;

const latestDeterminations = (counted: SQL) => sql`(select distinct on (d.assessment_id, d.section_key) d.*
  from ${determinations} d where d.assessment_id in ${counted}
  order by d.assessment_id, d.section_key, d.version desc)`;

/**
 * What was signed last and what was found, per criterion; alike ones counted together. A verdict is laid beside the answer
 * on which it was given, which after a resubmission need not be the last.
 */
export function readAnswerCounts(tx: Transaction, counted: SQL) {
  return tx
    .select({
      criterionKey: sql<string>`counting.criterion_key`,
      claimed: sql<Response | null>`counting.claimed`,
      decidedBy: sql<string | null>`counting.decided_by`,
      on: sql<Response | null>`counting.given_on`,
      response: sql<Response | null>`counting.response`,
      ground: sql<Ground | null>`counting.ground`,
      insurers: sql<number>`count(*)::int`,
    })
    .from(
      sql`(with found as materialized ${latestVerdicts(counted)},
        newest as (select id, assessment_id from ${latestSigned(counted)} as every),
        signed as materialized (
          select s.id, s.snapshot::jsonb -> 'answers' as answers from ${submissions} s
          where s.id in (select id from newest union select submission_id from found where overrides)),
        claims as (
          select newest.assessment_id, one.key as criterion_key, one.value ->> 'response' as response
          from newest join signed using (id) cross join jsonb_each(signed.answers) as one
          where one.value ->> 'response' is not null)
        select criterion_key, claims.response as claimed, found.decided_by, found.response,
          case when found.overrides then found.ground end as ground,
          case when found.overrides then signed.answers -> criterion_key ->> 'response' else found.response::text end as given_on
        from claims full join found using (assessment_id, criterion_key)
        left join signed on found.overrides and signed.id = found.submission_id) as counting`,
    )
    .groupBy(sql`1, 2, 3, 4, 5, 6`);
}

/**
 * Claimed and determined levels per section; alike ones counted together. What the round carries claims nothing until it
 * is determined: then the insurer was measured after all.
 */
export function readLevelCounts(tx: Transaction, counted: SQL, roundId: string) {
  return tx
    .select({
      sectionKey: sql<string>`counting.section_key`,
      claimed: sql<number | null>`counting.claimed`,
      determinedBy: sql<string | null>`counting.determined_by`,
      computed: sql<number | null>`counting.computed_level`,
      level: sql<number | null>`counting.level`,
      insurers: sql<number>`count(*)::int`,
    })
    .from(
      sql`(with found as materialized ${latestDeterminations(counted)},
        claims as (
          select s.assessment_id, one.key as section_key, (one.value ->> 'low')::int as claimed
          from ${latestSigned(counted)} as s cross join jsonb_each(s.scores -> 'sections') as one
          where one.value ->> 'low' is not null)
        select section_key, claimed, found.determined_by, found.computed_level, found.level
        from claims full join found using (assessment_id, section_key)
        where found.id is not null or not exists (
          select from ${rounds} r cross join jsonb_array_elements(r.carried_sections) as carried
          where r.id = ${roundId} and carried ->> 'sectionKey' = section_key)) as counting`,
    )
    .groupBy(sql`1, 2, 3, 4, 5`);
}

/** A determined section of one case, with how it lies. */
export type DistantSection = {
  assessmentId: string;
  organisation: string;
  sectionKey: string;
  computed: number;
  level: number;
  claimed: number | null;
  determinedBy: string;
  /** No other insurer is on this computed level of the section. */
  alone: boolean;
  /** Criteria of the section whose verdict differs from what the insurer said, in the order of their keys. */
  overridden: readonly string[];
};

/** The determined sections furthest from the mean of their computed levels, and those furthest from what was claimed. */
export function readDistantSections(tx: Transaction, counted: SQL): Promise<DistantSection[]> {
  return tx
    .select({
      assessmentId: sql<string>`ranked.assessment_id`,
      organisation: organisations.name,
      sectionKey: sql<string>`ranked.section_key`,
      computed: sql<number>`ranked.computed_level`,
      level: sql<number>`ranked.level`,
      claimed: sql<number | null>`ranked.claimed`,
      determinedBy: sql<string>`ranked.determined_by`,
      alone: sql<boolean>`ranked.there = 1`,
      overridden: sql<string[]>`(select coalesce(json_agg(criterion_key order by criterion_key), '[]') from (
        select distinct on (v.criterion_key) v.criterion_key, v.overrides and v.response is not null as differs
        from ${verdicts} v
        where v.assessment_id = ranked.assessment_id and v.criterion_key like ranked.section_key || '.%'
        order by v.criterion_key, v.version desc) as latest where differs)`,
    })
    .from(
      sql`(select placed.*,
          row_number() over (order by abs(computed_level - mean) desc, assessment_id, section_key) as by_mean,
          row_number() over (order by abs(level - claimed) desc nulls last, assessment_id, section_key) as by_claim
        from (select d.*, (s.scores -> 'sections' -> d.section_key ->> 'low')::int as claimed,
            avg(d.computed_level) over (partition by d.section_key) as mean,
            count(*) over (partition by d.section_key, d.computed_level) as there
          from ${latestDeterminations(counted)} as d
          left join ${latestSigned(counted)} as s on s.assessment_id = d.assessment_id) as placed) as ranked`,
    )
    .innerJoin(
      organisations,
      sql`${organisations.id} = ranked.organisation_id and least(ranked.by_mean, ranked.by_claim) <= ${furthest}`,
    )
    .orderBy(sql`abs(ranked.computed_level - ranked.mean) desc, ${organisations.name}, ranked.section_key`);
}

/** A verdict on one case that shows how a criterion is read. */
export type TellingVerdict = {
  criterionKey: string;
  assessmentId: string;
  organisation: string;
  decidedBy: string;
  on: Response | null;
  response: Response;
  overrides: boolean;
};

/**
 * Of each criterion that somebody overrides, and each reviewer of it, a few verdicts that override and a few that confirm:
 * those furthest from what the insurer said first.
 */
export function readTellingVerdicts(tx: Transaction, counted: SQL): Promise<TellingVerdict[]> {
  return tx
    .select({
      criterionKey: sql<string>`told.criterion_key`,
      assessmentId: sql<string>`told.assessment_id`,
      organisation: organisations.name,
      decidedBy: sql<string>`told.decided_by`,
      on: sql<Response | null>`told.given_on`,
      response: sql<Response>`told.response`,
      overrides: sql<boolean>`told.overrides`,
    })
    .from(
      sql`(with found as materialized ${latestVerdicts(counted)},
        signed as materialized (
          select s.id, s.snapshot::jsonb -> 'answers' as answers from ${submissions} s
          where s.id in (select submission_id from found where overrides)),
        laid as (select found.*,
            case when overrides then answers -> criterion_key ->> 'response' else response::text end as given_on
          from found left join signed on found.overrides and signed.id = found.submission_id
          where criterion_key in (select criterion_key from found where overrides))
        select laid.*, row_number() over (partition by criterion_key, decided_by, overrides
          order by abs(array_position(${scale}, given_on) - array_position(${scale}, response::text)) desc nulls last,
            decided_at desc, assessment_id) as place from laid) as told`,
    )
    .innerJoin(organisations, sql`${organisations.id} = told.organisation_id and told.place <= ${casesEach}`)
    .orderBy(sql`told.criterion_key, told.place, ${organisations.name}`);
}

const scale = sql`array['not_met', 'partly', 'met']`;
