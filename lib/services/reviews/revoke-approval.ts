import 'server-only';
import { z } from 'zod';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { givenText } from '#services/given-text.ts';
import { endPlans } from '#services/publications/planned-facts.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { readLeadFacts } from './lead-facts.ts';

export const revokeApprovalInput = z.object({ assessmentId: z.uuid(), reason: givenText.default('') });
export type RevokeApprovalInput = z.infer<typeof revokeApprovalInput>;

/**
 * Takes an approval back before the outcome is published: the case is in review again, and no moment is planned any more.
 * @throws precondition `wrong_state`, `reason_given`
 */
export async function revokeApproval(ctx: Context, input: RevokeApprovalInput): Promise<{ assessmentId: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, reason } = input;
    const [assessment, facts] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readLeadFacts(tx, ctx, assessmentId),
    ]);
    authorize(ctx.actor, 'approval.revoke', facts.policy);
    const verb = 'revoke';
    const to = nextState(assessment, { verb, guards: { reason_given: reason !== '' } });
    const action = 'approval.revoke';
    await Promise.all([
      // What is decided anew is planned anew.
      endPlans(tx, ctx, [assessmentId]),
      writeTransition(tx, ctx, assessment, { verb, to, action, reason, set: { proposedBy: null } }),
    ]);
    return { assessmentId };
  });
}
