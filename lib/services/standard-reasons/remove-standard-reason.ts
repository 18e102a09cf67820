import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { standardReasons } from '#db/schema/reviews.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { invalid } from '#services/errors.ts';

export const removeStandardReasonInput = z.object({ reasonId: z.uuid() });
export type RemoveStandardReasonInput = z.infer<typeof removeStandardReasonInput>;

/** Takes a reason off the list; verdicts that were given with its words keep them. Taken off already: nothing happens. */
export async function removeStandardReason(
  ctx: Context,
  { reasonId }: RemoveStandardReasonInput,
): Promise<{ reasonId: string }> {
  authorize(ctx.actor, 'standard_reason.save');
  return inTransaction(ctx, async (tx) => {
    const [present] = await tx.select().from(standardReasons).where(eq(standardReasons.id, reasonId)).for('update');
    if (!present) throw invalid({ reasonId: 'item_unknown' });
    if (present.retiredAt) return { reasonId };
    await Promise.all([
      tx.update(standardReasons).set({ retiredAt: ctx.now }).where(eq(standardReasons.id, reasonId)),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'standard_reason.remove',
        detail: { reasonId, frameworkRef: present.frameworkRef },
      }),
    ]);
    return { reasonId };
  });
}
