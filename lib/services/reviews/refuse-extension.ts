import 'server-only';
import { z } from 'zod';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { givenText } from '#services/given-text.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { answerExtension, readOpenExtension } from './extension-requests.ts';
import { readLeadFacts } from './lead-facts.ts';
import { sendNotice } from './send-notice.ts';

export const refuseExtensionInput = z.object({
  assessmentId: z.uuid(),
  /** The request that was read: a later one is never refused unseen. */
  requestId: z.uuid(),
  /** The insurer reads it. */
  reason: givenText.default(''),
});
export type RefuseExtensionInput = z.infer<typeof refuseExtensionInput>;

/**
 * Says no to a request for more time. The term stays as it is, and the insurer gets a notice with the reason.
 * @throws precondition `wrong_state`, `reason_given`, `request_open` when this request does not stand any more
 */
export async function refuseExtension(ctx: Context, input: RefuseExtensionInput): Promise<{ assessmentId: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, requestId, reason } = input;
    const assessment = await lockAssessment(tx, assessmentId);
    const [facts, open] = await Promise.all([
      readLeadFacts(tx, ctx, assessmentId),
      readOpenExtension(tx, assessmentId),
    ]);
    authorize(ctx.actor, 'term.extend', facts.policy);
    const to = nextState(assessment, {
      verb: 'refuse_extension',
      guards: { reason_given: reason !== '', request_open: open?.id === requestId },
    });
    await Promise.all([
      answerExtension(tx, ctx, assessmentId, false),
      writeTransition(tx, ctx, assessment, {
        verb: 'refuse_extension',
        to,
        action: 'extension.refuse',
        reason,
        detail: { requestId },
      }),
      sendNotice(tx, ctx, assessment, { kind: 'extension_refused', reason }),
    ]);
    return { assessmentId };
  });
}
