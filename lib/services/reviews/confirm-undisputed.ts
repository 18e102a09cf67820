import 'server-only';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { verdicts } from '#db/schema/reviews.ts';
import { keptScores } from '#domain/snapshot.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { claimQuote, readClaims, readFindings } from '#services/claims/claim-facts.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { precondition } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { readRequests, requestViews } from '#services/requests/request-facts.ts';
import { nextState } from '#services/take-transition.ts';
import { computeReview } from './compute-review.ts';
import { keepQueueScores } from './keep-queue-score.ts';
import { type ReviewFacts, readReviewFacts } from './review-facts.ts';
import { disputedCriteria, undisputedCriteria } from './undisputed.ts';

/** Each line of the list that was seen: a criterion, and the key that the client made for its verdict. */
const line = z
  .string()
  .max(80)
  .transform((text, check) => {
    const [criterionKey = '', id] = text.split('~');
    const parsed = z.uuid().safeParse(id);
    if (parsed.success) return { criterionKey, id: parsed.data };
    check.addIssue({ code: 'custom', message: 'line_unreadable' });
    return z.NEVER;
  });

export const confirmUndisputedInput = z.object({
  assessmentId: z.uuid(),
  lines: z.array(line).min(1, { error: 'nothing_chosen' }).max(1000),
});
export type ConfirmUndisputedInput = z.infer<typeof confirmUndisputedInput>;

/**
 * Confirms many answers after their list was seen, each with a verdict of its own. Lines that this very post confirmed
 * before are left as they are.
 * @throws precondition `not_undisputed` with the criteria that are no longer, and nothing is confirmed
 */
export async function confirmUndisputed(ctx: Context, input: ConfirmUndisputedInput): Promise<{ confirmed: number }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId } = input;
    const [assessment, facts, asked, claims, found] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
      readRequests(tx, assessmentId),
      readClaims(tx, assessmentId),
      readFindings(tx, assessmentId),
    ]);
    authorize(ctx.actor, 'verdict.decide', facts.policy);
    const framework = await compiledFramework(tx, facts.framework);
    const review = computeReview(framework, facts);
    const wanted = input.lines.filter(({ criterionKey, id }) => facts.criterionVerdicts[criterionKey]?.id !== id);
    if (wanted.length === 0) return { confirmed: input.lines.length };

    nextState(assessment, { verb: 'decide', guards: { override_reasoned: true, weakened_judged: true } });
    const disputedNow = disputedCriteria(framework, requestViews(asked, ctx.now), { draw: claims.draw, found });
    const undisputed = new Set(undisputedCriteria(framework, review, disputedNow));
    const disputed = wanted.filter(({ criterionKey }) => !undisputed.has(criterionKey));
    if (disputed.length > 0) {
      throw precondition(['not_undisputed'], { criteria: disputed.map(({ criterionKey }) => criterionKey) });
    }
    const rows = [...new Map(wanted.map((one) => [one.criterionKey, one])).values()].map(({ criterionKey, id }) => {
      const quote = framework.criterion(criterionKey)?.claimFiles ? claimQuote(claims, found, criterionKey) : null;
      return {
        id,
        criterion_key: criterionKey,
        version: (facts.criterionVerdicts[criterionKey]?.version ?? 0) + 1,
        response: review.computed.traces[criterionKey]?.response,
        claim_draw_id: quote?.claimDrawId ?? null,
        claim_counts: quote?.claimCounts ?? null,
      };
    });
    await Promise.all([
      writeVerdicts(tx, ctx, facts, rows),
      keepQueueScores(tx, [
        {
          assessmentId,
          scores: keptScores(review.computed),
          openCriteria: review.toJudge.criteria.filter((key) => !rows.some((row) => row.criterion_key === key)).length,
        },
      ]),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'verdict.confirm_undisputed',
        organisationId: assessment.organisationId,
        assessmentId,
        detail: { criteria: rows.map((row) => row.criterion_key) },
      }),
    ]);
    return { confirmed: rows.length };
  });
}

/** All rows in one statement, whatever their number; columns stand in the order of the table. */
function writeVerdicts(tx: Transaction, ctx: Context, facts: ReviewFacts, rows: readonly unknown[]) {
  return tx
    .insert(verdicts)
    .select(
      sql`select line.id, ${sql.placeholder('assessmentId')}::uuid, ${sql.placeholder('organisationId')}::uuid,
        ${sql.placeholder('submissionId')}::uuid, line.criterion_key, null::text, line.version, line.response,
        null::boolean, false, null::ground, '', ${sql.placeholder('decidedAt')}::timestamptz,
        ${sql.placeholder('decidedBy')}::uuid, line.claim_draw_id, line.claim_counts
        from jsonb_to_recordset(${sql.placeholder('rows')}::text::jsonb)
          as line (id uuid, criterion_key text, version integer, response response, claim_draw_id uuid, claim_counts jsonb)`,
    )
    .prepare('confirm-undisputed:write')
    .execute({
      assessmentId: facts.assessment.id,
      organisationId: facts.organisationId,
      submissionId: facts.submission?.id,
      decidedAt: ctx.now.toISOString(),
      decidedBy: ctx.actor.userId,
      rows: JSON.stringify(rows),
    });
}
