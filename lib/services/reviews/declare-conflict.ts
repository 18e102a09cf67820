import 'server-only';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { assessments } from '#db/schema/assessments.ts';
import { organisations } from '#db/schema/identity.ts';
import { assignments, conflictsOfInterest } from '#db/schema/reviews.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';

export const declareConflictInput = z.object({ organisationId: z.uuid() });
export type DeclareConflictInput = z.infer<typeof declareConflictInput>;

/**
 * Declares that the actor has an interest in an insurer: from now on it does not exist for them, and their cases there
 * are taken from them. Nobody can take the declaration back in the product. A repeat changes nothing.
 * @throws not found for what is no insurer
 */
export async function declareConflict(ctx: Context, input: DeclareConflictInput): Promise<{ ended: number }> {
  onlyStaff(ctx.actor);
  authorize(ctx.actor, 'conflict.declare');
  return inTransaction(ctx, async (tx) => {
    const { organisationId } = input;
    const { userId } = ctx.actor;
    const [[insurer]] = await Promise.all([
      tx
        .select({ id: organisations.id })
        .from(organisations)
        .where(and(eq(organisations.id, organisationId), eq(organisations.kind, 'insurer'))),
      // An assignment that is being made right now waits, or is seen below.
      tx
        .select({ id: assessments.id })
        .from(assessments)
        .where(eq(assessments.organisationId, organisationId))
        .orderBy(asc(assessments.id))
        .for('no key update'),
    ]);
    if (!insurer) throw notFound();
    const [declared, ended] = await Promise.all([
      tx
        .insert(conflictsOfInterest)
        .values({ userId, organisationId, declaredAt: ctx.now })
        .onConflictDoNothing()
        .returning({ userId: conflictsOfInterest.userId }),
      tx
        .update(assignments)
        .set({ endedAt: ctx.now, endedBy: userId })
        .where(
          and(
            eq(assignments.organisationId, organisationId),
            eq(assignments.userId, userId),
            isNull(assignments.endedAt),
          ),
        )
        .returning({ id: assignments.id }),
    ]);
    if (declared.length > 0) {
      await recordEvent(tx, {
        at: ctx.now,
        actorId: userId,
        action: 'conflict.declare',
        organisationId,
        detail: { ended: ended.length },
      });
    }
    return { ended: ended.length };
  });
}
