import 'server-only';
import { createHash } from 'node:crypto';
import { and, asc, count, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments, outsideResults } from '#db/schema/assessments.ts';
import { organisations } from '#db/schema/identity.ts';
import { conflictsOfInterest, transitions } from '#db/schema/reviews.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import type { Framework } from '#domain/framework.ts';
import { dayInAmsterdam } from '#domain/terms.ts';
import type { LockedAssessment } from '#services/assessments/assessment-facts.ts';
import type { Context } from '#services/context.ts';
import { notFound, Refusal } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type OutsideRow, outsideProblems, outsideResponse, readOutsideTable } from './outside-rows.ts';

type Result = { response: 'met' | 'not_met'; measuredOn: string; source: string };
export type PlannedResult = Result & { ofCase: LockedAssessment; criterionKey: string; before: Result | null };

export type OutsidePlan = {
  /** What has to be written: results that are not there yet, or that differ from the last of their criterion. */
  fresh: readonly PlannedResult[];
  unchanged: number;
  framework: Framework;
  /** Names exactly these changes: whoever saw other ones did not agree to these. */
  sha256: string;
};

/**
 * What taking in a table would do, all of it checked before anything is written.
 * @param lock held until the transaction ends, in order of ids; a preview needs none
 * @throws not found for an unknown round; invalid with the table's `fault`, or with every problem of its lines
 */
export async function planOutside(
  tx: Transaction,
  ctx: Context,
  { roundId, table: text }: { roundId: string; table: string },
  lock: boolean,
): Promise<OutsidePlan> {
  const table = readOutsideTable(text);
  if (!table.ok) throw new Refusal('invalid', [table.fault.code], { fault: table.fault });
  const { rows } = table;
  const cases = await readCases(tx, ctx, roundId, [...new Set(rows.map((row) => row.organisationNumber))], lock);
  const [framework, latest, decided] = await Promise.all([
    readFramework(tx, roundId),
    readLatest(tx, [...cases.values()]),
    readDecided(tx, [...cases.values()]),
  ]);
  const problems = outsideProblems(rows, { cases, decided, framework, today: dayInAmsterdam(ctx.now) });
  if (problems.length > 0) {
    throw new Refusal('invalid', [...new Set(problems.map(({ code }) => code))], { problems });
  }
  const planned = rows.map((row) => plannedResult(row, cases, latest));
  const fresh = planned.filter(({ before, ...result }) => !before || !isSame(before, result));
  const named = fresh.map(({ ofCase, criterionKey, before, response, measuredOn, source }) =>
    [ofCase.id, criterionKey, before, response, measuredOn, source].map((part) => JSON.stringify(part)).join(),
  );
  return {
    fresh,
    framework,
    unchanged: planned.length - fresh.length,
    sha256: createHash('sha256').update(named.toSorted().join('\n')).digest('hex'),
  };
}

/** Participants of a round with whom somebody has no conflict of interest. */
export const knownParticipants = (ctx: Context, roundId: string): SQL | undefined =>
  and(
    eq(assessments.roundId, roundId),
    sql`not exists (select from ${conflictsOfInterest} where ${conflictsOfInterest.userId} = ${ctx.actor.userId}
      and ${conflictsOfInterest.organisationId} = ${assessments.organisationId})`,
  );

/** The cases of these insurers in this round by their number; those with which the lead has a conflict are not there. */
async function readCases(tx: Transaction, ctx: Context, roundId: string, numbers: readonly string[], lock: boolean) {
  const found = await tx
    .select({ assessment: assessments, number: organisations.number })
    .from(assessments)
    .innerJoin(organisations, eq(organisations.id, assessments.organisationId))
    .where(and(knownParticipants(ctx, roundId), inArray(organisations.number, [...numbers])));
  const locked = lock
    ? await lockAll(
        tx,
        found.map(({ assessment }) => assessment.id),
      )
    : new Map(found.map(({ assessment }) => [assessment.id, assessment]));
  return new Map(found.map(({ assessment, number }) => [number, locked.get(assessment.id) ?? assessment]));
}

async function lockAll(tx: Transaction, ids: readonly string[]) {
  const rows = await tx
    .select()
    .from(assessments)
    .where(inArray(assessments.id, [...ids]))
    .orderBy(assessments.id)
    .for('no key update');
  return new Map(rows.map((row) => [row.id, row]));
}

async function readFramework(tx: Transaction, roundId: string): Promise<Framework> {
  const [version] = await tx
    .select({ ref: frameworkVersions.ref, sha256: frameworkVersions.sha256 })
    .from(rounds)
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(eq(rounds.id, roundId));
  if (!version) throw notFound();
  return compiledFramework(tx, version);
}

async function readLatest(tx: Transaction, cases: readonly LockedAssessment[]) {
  const ids = cases.map(({ id }) => id);
  const rows = await tx
    .selectDistinctOn([outsideResults.assessmentId, outsideResults.criterionKey])
    .from(outsideResults)
    .where(inArray(outsideResults.assessmentId, ids))
    .orderBy(outsideResults.assessmentId, outsideResults.criterionKey, desc(outsideResults.importedAt));
  return new Map(rows.map((row) => [`${row.assessmentId}:${row.criterionKey}`, row]));
}

/** The cases of which an outcome was sent or proposed: their outside results are settled. */
async function readDecided(tx: Transaction, cases: readonly LockedAssessment[]): Promise<ReadonlySet<string>> {
  const ids = cases.map(({ id }) => id);
  const rows = await tx
    .selectDistinct({ id: transitions.assessmentId })
    .from(transitions)
    .where(and(inArray(transitions.assessmentId, ids), inArray(transitions.verb, ['send', 'propose'])));
  return new Set(rows.map(({ id }) => id));
}

function plannedResult(
  { organisationNumber, criterionKey, response, measuredOn, source }: OutsideRow,
  cases: ReadonlyMap<string, LockedAssessment>,
  latest: Awaited<ReturnType<typeof readLatest>>,
): PlannedResult {
  const ofCase = cases.get(organisationNumber);
  const said = outsideResponse(response);
  if (!ofCase || !said) throw new Error('a line was not checked');
  const before = latest.get(`${ofCase.id}:${criterionKey}`);
  return {
    ofCase,
    criterionKey,
    response: said,
    measuredOn,
    source,
    before: before
      ? { response: before.response as Result['response'], measuredOn: before.measuredOn, source: before.source }
      : null,
  };
}

const isSame = (a: Result, b: Result) =>
  a.response === b.response && a.measuredOn === b.measuredOn && a.source === b.source;

/** How many participants of a round have no outside result at all, and the first of them by name. */
export async function readWithout(tx: Transaction, ctx: Context, roundId: string, but: readonly string[] = []) {
  const none = and(
    knownParticipants(ctx, roundId),
    sql`not exists (select from ${outsideResults} where ${outsideResults.assessmentId} = ${assessments.id})`,
    sql`${assessments.id} <> all(${`{${but.join(',')}}`}::text::uuid[])`,
  );
  const [names, [total]] = await Promise.all([
    tx
      .select({ name: organisations.name, number: organisations.number })
      .from(assessments)
      .innerJoin(organisations, eq(organisations.id, assessments.organisationId))
      .where(none)
      .orderBy(asc(organisations.name), asc(organisations.id))
      .limit(mostNames),
    tx.select({ count: count() }).from(assessments).where(none),
  ]);
  return { count: total?.count ?? 0, insurers: names };
}

/** Insurers that a page names; beyond them it counts. */
export const mostNames = 200;
