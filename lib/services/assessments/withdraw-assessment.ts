import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { submissions } from '#db/schema/assessments.ts';
import { notices } from '#db/schema/reviews.ts';
import { isOver } from '#domain/terms.ts';
import type { State } from '#domain/workflow.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { lockAssessment } from './assessment-facts.ts';

export const withdrawAssessmentInput = z.object({
  assessmentId: z.uuid(),
  /** The submission that is taken back: a later one is never withdrawn by mistake. */
  submissionId: z.uuid(),
});
export type WithdrawAssessmentInput = z.infer<typeof withdrawAssessmentInput>;

export type Withdrawn = { assessmentId: string; state: State };

/**
 * Takes a submission back before its review has started. It stays as withdrawn; the supervisor no longer reads it. A
 * repeat changes nothing.
 */
export async function withdrawAssessment(ctx: Context, input: WithdrawAssessmentInput): Promise<Withdrawn> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [assessment, [submission], [returned]] = await Promise.all([
      lockAssessment(tx, input.assessmentId),
      findSubmission(tx, input),
      findReturn(tx, input.assessmentId),
    ]);
    authorize(ctx.actor, 'assessment.withdraw', { organisationId: assessment.organisationId });
    if (!submission) throw notFound();
    if (submission.withdrawnAt) return { assessmentId: assessment.id, state: assessment.state };
    const to = nextState(assessment, {
      verb: 'withdraw',
      guards: { own_deadline_open: !isOver(assessment.deadlineAt, ctx.now) },
      // Sent back once, the work goes back to where it was then: the reasons still ask for an answer.
      previousState: returned ? 'returned' : 'draft',
    });
    await Promise.all([
      tx
        .update(submissions)
        .set({ withdrawnAt: ctx.now, withdrawnBy: ctx.actor.userId })
        .where(and(eq(submissions.id, submission.id), isNull(submissions.withdrawnAt))),
      writeTransition(tx, ctx, assessment, {
        verb: 'withdraw',
        to,
        action: 'assessment.withdraw',
        detail: { submissionId: submission.id },
      }),
    ]);
    return { assessmentId: assessment.id, state: to };
  });
}

function findSubmission(tx: Transaction, { assessmentId, submissionId }: WithdrawAssessmentInput) {
  return tx
    .select({ id: submissions.id, withdrawnAt: submissions.withdrawnAt })
    .from(submissions)
    .where(
      and(
        eq(submissions.id, sql.placeholder('submissionId')),
        eq(submissions.assessmentId, sql.placeholder('assessmentId')),
      ),
    )
    .prepare('withdraw:submission')
    .execute({ assessmentId, submissionId });
}

function findReturn(tx: Transaction, assessmentId: string) {
  return tx
    .select({ id: notices.id })
    .from(notices)
    .where(and(eq(notices.assessmentId, sql.placeholder('assessmentId')), eq(notices.kind, 'returned')))
    .limit(1)
    .prepare('withdraw:returned')
    .execute({ assessmentId });
}
