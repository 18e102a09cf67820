import 'server-only';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { verdicts } from '#db/schema/reviews.ts';
import { keptScores } from '#domain/snapshot.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { precondition } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { nextState } from '#services/take-transition.ts';
import { computeReview } from './compute-review.ts';
import { confirmedTogether, selectBatches } from './confirmed-together.ts';
import { keepQueueScores } from './keep-queue-score.ts';
import { type ReviewFacts, readReviewFacts } from './review-facts.ts';

export const undoUndisputedInput = z.object({
  assessmentId: z.uuid(),
  /** The instant at which they were confirmed together, as the screen got it. */
  confirmedAt: z.iso.datetime(),
});
export type UndoUndisputedInput = z.infer<typeof undoUndisputedInput>;

/**
 * Takes back what was confirmed together: for each criterion a further verdict without a response is appended, so that it
 * asks for one again. What got another verdict meanwhile stays as it is, and so do other lists.
 * @throws precondition `nothing_to_undo` when every criterion of it has another verdict
 */
export async function undoUndisputed(ctx: Context, input: UndoUndisputedInput): Promise<{ undone: number }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId } = input;
    const [assessment, facts, [logged]] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
      selectBatches(tx, { assessmentId }),
    ]);
    authorize(ctx.actor, 'verdict.decide', facts.policy);
    nextState(assessment, { verb: 'decide', guards: { override_reasoned: true, weakened_judged: true } });
    const keys = confirmedTogether(facts, logged?.batches ?? [])
      .filter(({ confirmedAt }) => confirmedAt === new Date(input.confirmedAt).toISOString())
      .flatMap((batch) => batch.keys);
    if (keys.length === 0) throw precondition(['nothing_to_undo']);
    const framework = await compiledFramework(tx, facts.framework);
    const review = computeReview(framework, withoutVerdicts(facts, keys));
    await Promise.all([
      takeBack(tx, ctx, facts, keys),
      keepQueueScores(tx, [
        { assessmentId, scores: keptScores(review.computed), openCriteria: review.toJudge.criteria.length },
      ]),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'verdict.undo_undisputed',
        organisationId: assessment.organisationId,
        assessmentId,
        detail: { criteria: keys },
      }),
    ]);
    return { undone: keys.length };
  });
}

/** The facts as they are once the words on these criteria say nothing any more. */
function withoutVerdicts(facts: ReviewFacts, keys: readonly string[]): ReviewFacts {
  const left = Object.entries(facts.criterionVerdicts).filter(([key]) => !keys.includes(key));
  return { ...facts, criterionVerdicts: Object.fromEntries(left) };
}

/** All rows in one statement; columns stand in the order of the table. */
function takeBack(tx: Transaction, ctx: Context, facts: ReviewFacts, keys: readonly string[]) {
  const rows = keys.map((key) => ({
    id: crypto.randomUUID(),
    criterion_key: key,
    version: (facts.criterionVerdicts[key]?.version ?? 0) + 1,
  }));
  return tx
    .insert(verdicts)
    .select(
      sql`select line.id, ${sql.placeholder('assessmentId')}::uuid, ${sql.placeholder('organisationId')}::uuid,
        ${sql.placeholder('submissionId')}::uuid, line.criterion_key, null::text, line.version, null::response,
        null::boolean, false, null::ground, '', ${sql.placeholder('decidedAt')}::timestamptz,
        ${sql.placeholder('decidedBy')}::uuid, null::uuid, null::jsonb
        from jsonb_to_recordset(${sql.placeholder('rows')}::text::jsonb)
          as line (id uuid, criterion_key text, version integer)`,
    )
    .prepare('undo-undisputed:write')
    .execute({
      assessmentId: facts.assessment.id,
      organisationId: facts.organisationId,
      submissionId: facts.submission?.id,
      decidedAt: ctx.now.toISOString(),
      decidedBy: ctx.actor.userId,
      rows: JSON.stringify(rows),
    });
}
