import 'server-only';
import { and, count, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { organisations } from '#db/schema/identity.ts';
import { conflictsOfInterest, determinations, verdicts } from '#db/schema/reviews.ts';
import { frameworkVersions, roundReviewers, rounds } from '#db/schema/rounds.ts';
import {
  type CriterionCalibration,
  compareCriteria,
  compareReviewers,
  compareSections,
  isOutlying,
  type LevelCount,
  type ReviewerCalibration,
  type SectionCalibration,
  type VerdictCount,
} from '#domain/calibration.ts';
import type { LocalizedText } from '#domain/framework.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { readCodes } from './colleagues.ts';

export const getCalibrationInput = z.object({ roundId: z.uuid() });
export type GetCalibrationInput = z.infer<typeof getCalibrationInput>;

/** The only insurer on a level, a step and a half or more from the mean of its section. */
export type LoneCase = {
  assessmentId: string;
  organisation: string;
  sectionKey: string;
  level: number;
  reviewer: string;
  /** Verdicts in the section that differ from what the insurer said. */
  overridden: number;
};

export type Calibration = {
  roundId: string;
  name: string;
  /** Insurers of the round, and those with at least one verdict. */
  insurers: number;
  judged: number;
  sections: readonly (SectionCalibration & { title: LocalizedText })[];
  criteria: readonly (CriterionCalibration & { sectionKey: string; short: LocalizedText })[];
  reviewers: readonly ReviewerCalibration[];
  /** The code of who reads, when a reviewer. */
  own: string | null;
  lone: readonly LoneCase[];
  readAt: string;
};

/** Somebody who judges without being a reviewer of this organisation any more. */
const unknownReviewer = 'B?';

/**
 * How insurers and reviewers score in a round, for those who judge in it: working figures, never shown to an insurer.
 * Every case of an insurer with which the reader has a conflict is left out, as if it were not there.
 * @throws not found for an unknown round, and for a reviewer of other rounds
 */
export async function getCalibration(ctx: Context, { roundId }: GetCalibrationInput): Promise<Calibration> {
  onlyStaff(ctx.actor);
  authorize(ctx.actor, 'calibration.read');
  return inTransaction(ctx, async (tx) => {
    const counted = countedCases(ctx, roundId);
    const [[round], [size], codes, verdictRows, levelRows, loneRows] = await Promise.all([
      readRound(tx, ctx, roundId),
      tx.select({ insurers: count() }).from(assessments).where(sql`${assessments.id} in ${counted}`),
      readCodes(tx, ctx),
      readVerdicts(tx, counted),
      readLevels(tx, counted),
      readLone(tx, counted),
    ]);
    if (!round) throw notFound();
    const framework = await compiledFramework(tx, round.framework);
    const codeOf = (userId: string) => codes[userId] ?? unknownReviewer;
    const given: VerdictCount[] = verdictRows.map(({ decidedBy, ...row }) => ({ ...row, reviewer: codeOf(decidedBy) }));
    const levels: LevelCount[] = levelRows.map(({ determinedBy, ...row }) => ({
      ...row,
      reviewer: codeOf(determinedBy),
    }));
    const sections = compareSections(levels);
    return {
      roundId,
      name: round.name,
      insurers: size?.insurers ?? 0,
      judged: verdictRows[0]?.judged ?? 0,
      sections: sections.flatMap((section) => {
        const named = framework.section(section.sectionKey);
        return named ? [{ ...section, title: named.title }] : [];
      }),
      criteria: compareCriteria(given).flatMap((criterion) => {
        const named = framework.criterion(criterion.criterionKey);
        return named ? [{ ...criterion, sectionKey: named.sectionKey, short: named.short }] : [];
      }),
      reviewers: compareReviewers(given, levels),
      own: codes[ctx.actor.userId] ?? null,
      lone: loneRows
        .filter((row) => {
          const section = sections.find(({ sectionKey }) => sectionKey === row.sectionKey);
          return section && isOutlying(row.level, section.mean);
        })
        .map(({ determinedBy, ...row }) => ({ ...row, reviewer: codeOf(determinedBy) })),
      readAt: ctx.now.toISOString(),
    };
  });
}

/** The round, for a reviewer of it, a lead and an auditor. */
function readRound(tx: Transaction, ctx: Context, roundId: string) {
  const reviewsOnly = ctx.actor.roles.every((role) => role === 'reviewer');
  const admitted = sql`exists (select from ${roundReviewers} where ${roundReviewers.roundId} = ${rounds.id}
    and ${roundReviewers.userId} = ${ctx.actor.userId} and ${isNull(roundReviewers.endedAt)})`;
  return tx
    .select({ name: rounds.name, framework: { ref: frameworkVersions.ref, sha256: frameworkVersions.sha256 } })
    .from(rounds)
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(and(eq(rounds.id, roundId), reviewsOnly ? admitted : undefined));
}

/** The cases of the round, without those of insurers with which the reader has a conflict. */
function countedCases(ctx: Context, roundId: string): SQL {
  return sql`(select a.id from ${assessments} a where a.round_id = ${roundId} and not exists (
    select from ${conflictsOfInterest} c where c.user_id = ${ctx.actor.userId} and c.organisation_id = a.organisation_id))`;
}

/**
 * The verdict that counts on each criterion, with where it leads beside what was signed; alike ones counted together. One
 * that was taken back has no response.
 */
function readVerdicts(tx: Transaction, counted: SQL) {
  return tx
    .select({
      criterionKey: sql<string>`counting.criterion_key`,
      decidedBy: sql<string>`counting.decided_by`,
      response: sql<VerdictCount['response']>`counting.response`,
      ground: sql<VerdictCount['ground']>`counting.ground`,
      direction: sql<VerdictCount['direction']>`counting.direction`,
      verdicts: sql<number>`count(*)::int`,
      judged: sql<number>`(select count(distinct v.assessment_id)::int from ${verdicts} v
        where v.criterion_key is not null and v.assessment_id in ${counted})`,
    })
    .from(
      sql`(with latest as (
          select distinct on (v.assessment_id, v.criterion_key) v.* from ${verdicts} v
          where v.criterion_key is not null and v.assessment_id in ${counted}
          order by v.assessment_id, v.criterion_key, v.version desc
        ), signed as materialized (
          select s.id, s.snapshot::jsonb -> 'answers' as answers from ${submissions} s
          where s.id in (select submission_id from latest where overrides)
        )
        select latest.criterion_key, latest.decided_by, latest.response,
          case when latest.overrides then latest.ground end as ground,
          case when latest.overrides then case sign(
            array_position(array['not_met', 'partly', 'met'], latest.response::text)
            - array_position(array['not_met', 'partly', 'met'], signed.answers -> latest.criterion_key ->> 'response'))
            when 1 then 'higher' when -1 then 'lower' end end as direction
        from latest left join signed on signed.id = latest.submission_id
        where latest.response is not null) as counting`,
    )
    .groupBy(sql`1, 2, 3, 4, 5`);
}

const latestDeterminations = (counted: SQL) => sql`(select distinct on (d.assessment_id, d.section_key) d.*
  from ${determinations} d where d.assessment_id in ${counted}
  order by d.assessment_id, d.section_key, d.version desc)`;

/** The determination that counts of each section, beside the level that the insurer claimed; alike ones counted together. */
function readLevels(tx: Transaction, counted: SQL) {
  return tx
    .select({
      sectionKey: sql<string>`counting.section_key`,
      determinedBy: sql<string>`counting.determined_by`,
      computed: sql<number>`counting.computed_level`,
      level: sql<number>`counting.level`,
      claimed: sql<number | null>`counting.claimed`,
      insurers: sql<number>`count(*)::int`,
    })
    .from(
      sql`(select d.section_key, d.determined_by, d.computed_level, d.level, (signed.own ->> 'low')::int as claimed
        from ${latestDeterminations(counted)} as d
        left join lateral (select s.scores -> 'sections' -> d.section_key as own from ${submissions} s
          where s.assessment_id = d.assessment_id and s.withdrawn_at is null
          order by s.number desc limit 1) as signed on true) as counting`,
    )
    .groupBy(sql`1, 2, 3, 4, 5`);
}

/** Who stands alone on a computed level of a section: at most one case a section and level. */
function readLone(tx: Transaction, counted: SQL) {
  return tx
    .select({
      assessmentId: sql<string>`alone.assessment_id`,
      organisation: organisations.name,
      sectionKey: sql<string>`alone.section_key`,
      level: sql<number>`alone.computed_level`,
      determinedBy: sql<string>`alone.determined_by`,
      overridden: sql<number>`(select count(*)::int from (
        select distinct on (v.criterion_key) v.overrides from ${verdicts} v
        where v.assessment_id = alone.assessment_id and v.criterion_key like alone.section_key || '.%'
        order by v.criterion_key, v.version desc) as latest where latest.overrides)`,
    })
    .from(
      sql`(select d.*, count(*) over (partition by d.section_key, d.computed_level) as there
        from ${latestDeterminations(counted)} as d) as alone`,
    )
    .innerJoin(organisations, sql`${organisations.id} = alone.organisation_id and alone.there = 1`)
    .orderBy(sql`alone.section_key, alone.computed_level desc`);
}
