import 'server-only';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { readListsAwaited } from '#services/claims/claims-asked.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { type AssessmentStatus, readStatus, type SubmissionShown } from './assessment-status.ts';
import { mayWithdraw } from './get-task-list.ts';

export type Receipt = {
  status: AssessmentStatus;
  submission: SubmissionShown;
  mayWithdraw: boolean;
  /** The supervisor still waits for the list of claims. */
  listAwaited: boolean;
};

/** The proof of the last submission that stands. @throws not found when there is none */
export async function getReceipt(ctx: Context, { assessmentId }: { assessmentId: string }): Promise<Receipt> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const status = await readStatus(tx, ctx.now, assessmentId);
    authorize(ctx.actor, 'assessment.read', { organisationId: status.organisationId });
    if (!status.submission) throw notFound();
    const listAwaited = (await readListsAwaited(tx, [status])).has(status.id);
    return { status, submission: status.submission, mayWithdraw: mayWithdraw(ctx, status), listAwaited };
  });
}
