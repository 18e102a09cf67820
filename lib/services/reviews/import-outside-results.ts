import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { outsideResults } from '#db/schema/assessments.ts';
import { recordEvents } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { conflict } from '#services/errors.ts';
import { keepQueueScores } from './keep-queue-score.ts';
import { type PlannedResult, planOutside } from './outside-plan.ts';
import { readQueueScores } from './queue-scores.ts';

export const importOutsideResultsInput = z.object({
  roundId: z.uuid(),
  /** CSV: number of the insurer, key of the criterion, met or not met, day of measuring, source. */
  table: z.string().min(1, 'missing').max(2_000_000, 'too_long'),
  /** What a preview called its changes; empty: whatever it comes to. */
  plan: z.string().max(64).default(''),
});
export type ImportOutsideResultsInput = z.infer<typeof importOutsideResultsInput>;

export type ImportedOutside = { imported: number; unchanged: number };

/** A statement takes 65,535 values. */
const rowsAtOnce = 5_000;

/**
 * Takes in what an outside assessor found, for any part of a round's insurers and criteria. Every line is checked before
 * anything is written, and one wrong line stops all. A result that is there already is not written again; a new one
 * counts from now on, and the old one stays.
 * @throws not found for an unknown round; invalid with the table's `fault` or every problem of its lines in `detail`;
 *   conflict when other things would change than those that were previewed
 */
export async function importOutsideResults(ctx: Context, input: ImportOutsideResultsInput): Promise<ImportedOutside> {
  onlyStaff(ctx.actor);
  // It is done to a round, which all staff may see; single insurers are unknown to who has a conflict, line by line.
  authorize(ctx.actor, 'outside.import', { conflictOfInterest: false, inActorsRounds: true, everSubmitted: true });
  return inTransaction(ctx, async (tx) => {
    const { fresh, unchanged, sha256, framework } = await planOutside(tx, ctx, input, true);
    if (input.plan !== '' && input.plan !== sha256 && fresh.length > 0) throw conflict(null);
    await writeResults(tx, ctx, fresh);
    const ids = [...new Set(fresh.map(({ ofCase }) => ofCase.id))];
    const scores = await readQueueScores(tx, framework, ids);
    await keepQueueScores(
      tx,
      Object.entries(scores).map(([assessmentId, { computed, judged, toBeJudged }]) => ({
        assessmentId,
        scores: computed,
        openCriteria: toBeJudged - judged,
      })),
    );
    return { imported: fresh.length, unchanged };
  });
}

async function writeResults(tx: Transaction, ctx: Context, fresh: readonly PlannedResult[]) {
  for (const part of partsOf(fresh)) {
    await tx.insert(outsideResults).values(
      part.map(({ ofCase, criterionKey, response, measuredOn, source }) => ({
        id: randomUUID(),
        assessmentId: ofCase.id,
        organisationId: ofCase.organisationId,
        criterionKey,
        response,
        measuredOn,
        source,
        importedAt: ctx.now,
        importedBy: ctx.actor.userId,
      })),
    );
  }
  const byCase = Map.groupBy(fresh, ({ ofCase }) => ofCase);
  for (const part of partsOf([...byCase])) {
    await recordEvents(
      tx,
      part.map(([{ id, organisationId }, results]) => ({
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'outside.import',
        organisationId,
        assessmentId: id,
        detail: { criterionKeys: results.map(({ criterionKey }) => criterionKey) },
      })),
    );
  }
}

function partsOf<Row>(rows: readonly Row[]): Row[][] {
  const parts: Row[][] = [];
  for (let from = 0; from < rows.length; from += rowsAtOnce) parts.push(rows.slice(from, from + rowsAtOnce));
  return parts;
}
