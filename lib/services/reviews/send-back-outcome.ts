import 'server-only';
import { z } from 'zod';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { givenText } from '#services/given-text.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { readLeadFacts } from './lead-facts.ts';

export const sendBackOutcomeInput = z.object({ assessmentId: z.uuid(), reason: givenText.default('') });
export type SendBackOutcomeInput = z.infer<typeof sendBackOutcomeInput>;

/**
 * Sends a proposed outcome back to its reviewer, who reads the reason; the insurer does not.
 * @throws precondition `wrong_state`, `reason_given`
 */
export async function sendBackOutcome(ctx: Context, input: SendBackOutcomeInput): Promise<{ assessmentId: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, reason } = input;
    const [assessment, facts] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readLeadFacts(tx, ctx, assessmentId),
    ]);
    authorize(ctx.actor, 'outcome.send_back', facts.policy);
    const verb = 'send_back';
    const to = nextState(assessment, { verb, guards: { reason_given: reason !== '' } });
    const action = 'outcome.send_back';
    await writeTransition(tx, ctx, assessment, { verb, to, action, reason, set: { proposedBy: null } });
    return { assessmentId };
  });
}
