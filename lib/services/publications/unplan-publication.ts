import 'server-only';
import { z } from 'zod';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { precondition } from '#services/errors.ts';
import { readLeadFacts } from '#services/reviews/lead-facts.ts';
import { endPlans, readPlans } from './planned-facts.ts';

export const unplanPublicationInput = z.object({ assessmentId: z.uuid() });
export type UnplanPublicationInput = z.infer<typeof unplanPublicationInput>;

/**
 * Takes back that a case is published by itself. Where nothing is planned nothing changes.
 * @throws precondition `wrong_state` when it is published, or no longer decided
 */
export async function unplanPublication(
  ctx: Context,
  { assessmentId }: UnplanPublicationInput,
): Promise<{ assessmentId: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [assessment, facts, [plan]] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readLeadFacts(tx, ctx, assessmentId),
      readPlans(tx, [assessmentId]),
    ]);
    authorize(ctx.actor, 'outcome.plan', facts.policy);
    if (assessment.state !== 'decided') throw precondition(['wrong_state']);
    if (!plan) return { assessmentId };
    await Promise.all([
      endPlans(tx, ctx, [assessmentId]),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'outcome.unplan',
        organisationId: assessment.organisationId,
        assessmentId,
        detail: { planId: plan.id },
      }),
    ]);
    return { assessmentId };
  });
}
