import 'server-only';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { delegations } from '#db/schema/teamwork.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';

export const unassignSectionInput = z.object({ assessmentId: z.uuid(), delegationId: z.uuid() });
export type UnassignSectionInput = z.infer<typeof unassignSectionInput>;

/**
 * Takes back what was asked of a colleague; they keep what they may, and what they wrote. In every state: nothing else
 * would clear it away. A repeat changes nothing.
 */
export async function unassignSection(ctx: Context, { assessmentId, delegationId }: UnassignSectionInput) {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { organisationId } = await lockAssessment(tx, assessmentId);
    authorize(ctx.actor, 'section.assign', { organisationId });
    const [standing] = await tx
      .select({ sectionKey: delegations.sectionKey, endedAt: delegations.endedAt })
      .from(delegations)
      .where(and(eq(delegations.id, delegationId), eq(delegations.assessmentId, assessmentId)));
    if (!standing) throw notFound();
    const { sectionKey, endedAt } = standing;
    if (endedAt) return { assessmentId, sectionKey };
    await Promise.all([
      tx
        .update(delegations)
        .set({ endedAt: ctx.now, endedBy: ctx.actor.userId })
        .where(eq(delegations.id, delegationId)),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'section.unassign',
        organisationId,
        assessmentId,
        detail: { delegationId, sectionKey },
      }),
    ]);
    return { assessmentId, sectionKey };
  });
}
