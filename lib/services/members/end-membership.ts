import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { memberships } from '#db/schema/identity.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound, precondition } from '#services/errors.ts';

export const endMembershipInput = z.object({ membershipId: z.uuid() });
export type EndMembershipInput = z.infer<typeof endMembershipInput>;

/**
 * Ends somebody's membership of an organisation: from the next request on every session in it is over. What the person
 * did stays. A repeat changes nothing.
 * @throws precondition `own_membership`: nobody ends their own, so that an administrator is always left
 */
export async function endMembership(ctx: Context, { membershipId }: EndMembershipInput) {
  authorize(ctx.actor, 'organisation.manage');
  return inTransaction(ctx, async (tx) => {
    const [membership] = await tx
      .select()
      .from(memberships)
      .where(eq(memberships.id, membershipId))
      .for('no key update');
    if (!membership) throw notFound();
    const { organisationId, userId } = membership;
    if (userId === ctx.actor.userId) throw precondition(['own_membership']);
    if (membership.endedAt) return { organisationId };
    await Promise.all([
      tx.update(memberships).set({ endedAt: ctx.now }).where(eq(memberships.id, membershipId)),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'membership.end',
        organisationId,
        detail: { membershipId, userId },
      }),
    ]);
    return { organisationId };
  });
}
