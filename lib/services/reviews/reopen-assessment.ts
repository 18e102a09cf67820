import 'server-only';
import { z } from 'zod';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { givenText } from '#services/given-text.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { readLeadFacts } from './lead-facts.ts';
import { sendNotice } from './send-notice.ts';

export const reopenAssessmentInput = z.object({ assessmentId: z.uuid(), reason: givenText.default('') });
export type ReopenAssessmentInput = z.infer<typeof reopenAssessmentInput>;

/**
 * Opens a closed case again, in the state from which it was closed. The insurer gets a notice with the reason.
 * @throws precondition `wrong_state`, `reason_given`
 */
export async function reopenAssessment(ctx: Context, input: ReopenAssessmentInput): Promise<{ assessmentId: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, reason } = input;
    const [assessment, facts] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readLeadFacts(tx, ctx, assessmentId),
    ]);
    authorize(ctx.actor, 'assessment.reopen_closed', facts.policy);
    const verb = 'reopen_closed';
    const to = nextState(assessment, {
      verb,
      guards: { reason_given: reason !== '' },
      previousState: assessment.stateBeforeClosing,
    });
    await Promise.all([
      writeTransition(tx, ctx, assessment, {
        verb,
        to,
        action: 'assessment.reopen_closed',
        reason,
        set: { stateBeforeClosing: null },
      }),
      sendNotice(tx, ctx, assessment, { kind: 'reopened', reason }),
    ]);
    return { assessmentId };
  });
}
