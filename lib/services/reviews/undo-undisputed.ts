import 'server-only';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { verdicts } from '#db/schema/reviews.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { precondition } from '#services/errors.ts';
import { nextState } from '#services/take-transition.ts';
import { type ReviewFacts, readReviewFacts, type Verdict } from './review-facts.ts';

export const undoUndisputedInput = z.object({
  assessmentId: z.uuid(),
  /** The instant at which they were confirmed together, as the screen got it. */
  confirmedAt: z.iso.datetime(),
});
export type UndoUndisputedInput = z.infer<typeof undoUndisputedInput>;

/** Criteria that were confirmed at one instant, and that no later word took over. */
export type ConfirmedTogether = { confirmedAt: string; keys: readonly string[] };

/**
 * What was confirmed together last and can be undone: each criterion until another verdict is given on it.
 * Null when there is nothing.
 */
export function confirmedTogether({ criterionVerdicts, submission }: ReviewFacts): ConfirmedTogether | null {
  const plain = Object.entries(criterionVerdicts).filter(
    ([, verdict]) => isPlain(verdict) && verdict.submissionId === submission?.id,
  );
  const newest = Math.max(...plain.map(([, { decidedAt }]) => decidedAt.getTime()));
  const keys = plain.filter(([, { decidedAt }]) => decidedAt.getTime() === newest).map(([key]) => key);
  return keys.length > 0 ? { confirmedAt: new Date(newest).toISOString(), keys } : null;
}

const isPlain = ({ response, overrides, reason }: Verdict) => response !== null && !overrides && reason === '';

/**
 * Takes back what was confirmed together: for each criterion a further verdict without a response is appended, so that it
 * asks for one again. What got another verdict meanwhile stays as it is. Undone already: nothing happens.
 * @throws precondition `nothing_to_undo` when every criterion of it has another verdict
 */
export async function undoUndisputed(ctx: Context, input: UndoUndisputedInput): Promise<{ undone: number }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId } = input;
    const [assessment, facts] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
    ]);
    authorize(ctx.actor, 'verdict.decide', facts.policy);
    nextState(assessment, { verb: 'decide', guards: { override_reasoned: true, weakened_judged: true } });
    const at = new Date(input.confirmedAt).getTime();
    const standing = Object.entries(facts.criterionVerdicts).filter(
      ([, verdict]) => isPlain(verdict) && verdict.decidedAt.getTime() === at,
    );
    if (standing.length === 0) throw precondition(['nothing_to_undo']);
    const keys = standing.map(([key]) => key);
    await Promise.all([
      takeBack(tx, ctx, facts, keys),
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
        ${sql.placeholder('decidedBy')}::uuid
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
