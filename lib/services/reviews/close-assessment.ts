import 'server-only';
import { count, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { publications } from '#db/schema/publications.ts';
import { statement } from '#db/statement.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { givenText } from '#services/given-text.ts';
import { withdrawOpenRequests } from '#services/requests/withdraw-open-requests.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { answerExtension } from './extension-requests.ts';
import { readLeadFacts } from './lead-facts.ts';
import { sendNotice } from './send-notice.ts';

/** Why a case ends without an outcome: niet ingediend, vergunning vervallen, gefuseerd, anders. */
export const closingReasons = ['not_submitted', 'licence_lapsed', 'merged', 'other'] as const;

export const closeAssessmentInput = z.object({
  assessmentId: z.uuid(),
  reasonKind: z.enum(closingReasons, { error: 'required' }),
  /** The insurer reads it. */
  reason: givenText.default(''),
});
export type CloseAssessmentInput = z.infer<typeof closeAssessmentInput>;

/**
 * Closes a case without an outcome; it stays out of the sector figures. The insurer gets a notice with the reason;
 * what was asked and still waits is withdrawn. A case whose outcome is known is not closed: a correction ends in the next
 * edition, or the outcome would read as being revised for ever.
 * @throws precondition `wrong_state`, `reason_given`, `never_published`
 */
export async function closeAssessment(ctx: Context, input: CloseAssessmentInput): Promise<{ assessmentId: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, reasonKind, reason } = input;
    const [assessment, facts, [published]] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readLeadFacts(tx, ctx, assessmentId),
      editionsOf(tx, { assessmentId }),
    ]);
    authorize(ctx.actor, 'assessment.close', facts.policy);
    const verb = 'close';
    const to = nextState(assessment, {
      verb,
      guards: { reason_given: reason !== '', never_published: published?.editions === 0 },
    });
    await Promise.all([
      writeTransition(tx, ctx, assessment, {
        verb,
        to,
        action: 'assessment.close',
        reason,
        detail: { reasonKind },
        set: { stateBeforeClosing: assessment.state },
      }),
      sendNotice(tx, ctx, assessment, { kind: 'closed', reason }),
      withdrawOpenRequests(tx, ctx, assessment),
      // Where nothing is to be handed in any more, no more time is needed.
      answerExtension(tx, ctx, assessmentId, false),
    ]);
    return { assessmentId };
  });
}

const editionsOf = statement('close:editions', (tx) =>
  tx
    .select({ editions: count() })
    .from(publications)
    .where(eq(publications.assessmentId, sql.placeholder('assessmentId'))),
);
