import 'server-only';
import { z } from 'zod';
import { endOfDayAmsterdam } from '#domain/terms.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { givenText } from '#services/given-text.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { answerExtension } from './extension-requests.ts';
import { readLeadFacts } from './lead-facts.ts';
import { sendNotice } from './send-notice.ts';

export const extendTermInput = z.object({
  assessmentId: z.uuid(),
  /** The last day, in the Netherlands; the term ends at its end. */
  lastDay: z.iso.date({ error: 'date' }),
  /** The insurer reads it. */
  reason: givenText.default(''),
});
export type ExtendTermInput = z.infer<typeof extendTermInput>;

/**
 * Gives the insurer a later deadline of its own, also after the old one passed. It gets a notice with the reason, and
 * what it asked for is answered by it.
 * @throws precondition `wrong_state`, `reason_given`, `term_set` unless the new end is in the future and later than the old
 */
export async function extendTerm(ctx: Context, input: ExtendTermInput): Promise<{ deadlineAt: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, reason } = input;
    const [assessment, facts] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readLeadFacts(tx, ctx, assessmentId),
    ]);
    authorize(ctx.actor, 'term.extend', facts.policy);
    const deadlineAt = endOfDayAmsterdam(input.lastDay);
    const verb = 'extend';
    const to = nextState(assessment, {
      verb,
      guards: { reason_given: reason !== '', term_set: deadlineAt > ctx.now && deadlineAt > assessment.deadlineAt },
    });
    await Promise.all([
      writeTransition(tx, ctx, assessment, {
        verb,
        to,
        action: 'term.extend',
        reason,
        detail: { before: assessment.deadlineAt.toISOString(), after: deadlineAt.toISOString() },
        set: { deadlineAt },
      }),
      sendNotice(tx, ctx, assessment, { kind: 'extended', reason, termAt: deadlineAt }),
      answerExtension(tx, ctx, assessmentId, true),
    ]);
    return { deadlineAt: deadlineAt.toISOString() };
  });
}
