import 'server-only';
import { randomUUID } from 'node:crypto';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { assessments, outsideResults } from '#db/schema/assessments.ts';
import { organisations } from '#db/schema/identity.ts';
import { conflictsOfInterest, transitions } from '#db/schema/reviews.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import type { Framework } from '#domain/framework.ts';
import { dayInAmsterdam } from '#domain/terms.ts';
import type { LockedAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvents } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound, Refusal } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { keepQueueScores } from './keep-queue-score.ts';
import { type OutsideRow, outsideProblems, outsideRow } from './outside-rows.ts';
import { readQueueScores } from './queue-scores.ts';

export const importOutsideResultsInput = z.object({
  roundId: z.uuid(),
  rows: z.array(outsideRow).min(1).max(50_000),
});
export type ImportOutsideResultsInput = z.infer<typeof importOutsideResultsInput>;

/**
 * Takes in what an outside assessor found, for any part of a round's insurers and criteria. Every line is checked before
 * anything is written, and one wrong line stops all. A result that is there already is not written again; a new one
 * counts from now on, and the old one stays.
 * @throws not found for an unknown round; invalid with every problem in `detail`
 */
export async function importOutsideResults(
  ctx: Context,
  { roundId, rows }: ImportOutsideResultsInput,
): Promise<{ imported: number; unchanged: number }> {
  onlyStaff(ctx.actor);
  // It is done to a round, which all staff may see; single insurers are unknown to who has a conflict, line by line.
  authorize(ctx.actor, 'outside.import', { conflictOfInterest: false, inActorsRounds: true, everSubmitted: true });
  return inTransaction(ctx, async (tx) => {
    const cases = await lockCases(tx, ctx, roundId, [...new Set(rows.map((row) => row.organisationNumber))]);
    const [framework, latest, decided] = await Promise.all([
      readFramework(tx, roundId),
      readLatest(tx, [...cases.values()]),
      readDecided(tx, [...cases.values()]),
    ]);
    const problems = outsideProblems(rows, { cases, decided, framework, today: dayInAmsterdam(ctx.now) });
    if (problems.length > 0) {
      throw new Refusal('invalid', [...new Set(problems.map(({ code }) => code))], { problems });
    }
    const results = rows.map((row) => ({ ...row, ofCase: cases.get(row.organisationNumber) as LockedAssessment }));
    const fresh = results.filter(({ ofCase, criterionKey, response, measuredOn, source }) => {
      const known = latest.get(`${ofCase.id}:${criterionKey}`);
      return known?.response !== response || known.measuredOn !== measuredOn || known.source !== source.trim();
    });
    if (fresh.length > 0) {
      await writeResults(tx, ctx, fresh);
      const ids = [...new Set(fresh.map(({ ofCase }) => ofCase.id))];
      await keepQueueScores(
        tx,
        Object.entries(await readQueueScores(tx, framework, ids)).map(
          ([assessmentId, { computed, judged, toBeJudged }]) => ({
            assessmentId,
            scores: computed,
            openCriteria: toBeJudged - judged,
          }),
        ),
      );
    }
    return { imported: fresh.length, unchanged: rows.length - fresh.length };
  });
}

/** Locks the cases of these insurers in this round, in id order; those with which the lead has a conflict are not there. */
async function lockCases(tx: Transaction, ctx: Context, roundId: string, numbers: readonly string[]) {
  const found = await tx
    .select({ id: assessments.id, number: organisations.number })
    .from(assessments)
    .innerJoin(organisations, eq(organisations.id, assessments.organisationId))
    .where(
      and(
        eq(assessments.roundId, roundId),
        inArray(organisations.number, [...numbers]),
        sql`not exists (select from ${conflictsOfInterest} where ${conflictsOfInterest.userId} = ${ctx.actor.userId}
          and ${conflictsOfInterest.organisationId} = ${assessments.organisationId})`,
      ),
    );
  if (found.length === 0) return new Map<string, LockedAssessment>();
  const locked = await tx
    .select()
    .from(assessments)
    .where(
      inArray(
        assessments.id,
        found.map(({ id }) => id),
      ),
    )
    .orderBy(assessments.id)
    .for('no key update');
  const byId = new Map(locked.map((row) => [row.id, row]));
  return new Map(found.map(({ id, number }) => [number, byId.get(id) as LockedAssessment]));
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

type Fresh = OutsideRow & { ofCase: LockedAssessment };

async function writeResults(tx: Transaction, ctx: Context, fresh: readonly Fresh[]) {
  const byCase = Map.groupBy(fresh, ({ ofCase }) => ofCase);
  await Promise.all([
    tx.insert(outsideResults).values(
      fresh.map(({ ofCase, criterionKey, response, measuredOn, source }) => ({
        id: randomUUID(),
        assessmentId: ofCase.id,
        organisationId: ofCase.organisationId,
        criterionKey,
        response: response as 'met' | 'not_met',
        measuredOn,
        source: source.trim(),
        importedAt: ctx.now,
        importedBy: ctx.actor.userId,
      })),
    ),
    recordEvents(
      tx,
      [...byCase].map(([{ id, organisationId }, results]) => ({
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'outside.import',
        organisationId,
        assessmentId: id,
        detail: { criterionKeys: results.map(({ criterionKey }) => criterionKey) },
      })),
    ),
  ]);
}
