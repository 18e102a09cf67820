import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { memberships } from '#db/schema/identity.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { forbidden, notFound, precondition } from '#services/errors.ts';
import { isLastCoordinator } from './save-membership.ts';
import { actorNow, lockTeam, type Membership } from './team-facts.ts';

export const endMembershipInput = z.object({ membershipId: z.uuid() });
export type EndMembershipInput = z.infer<typeof endMembershipInput>;

/**
 * Ends somebody's membership of an organisation: from the next request on every session in it is over. What the person
 * did stays. A repeat changes nothing. The administrator ends anybody's, a coordinator those of its own insurer.
 * @throws precondition `own_membership`: an administrator does not end its own, so that one is always left;
 *   precondition `last_coordinator` for the same reason; forbidden `signatory` when a coordinator would end who signs
 */
export async function endMembership(ctx: Context, { membershipId }: EndMembershipInput) {
  const isInsurer = ctx.actor.organisationKind === 'insurer';
  if (!isInsurer) authorize(ctx.actor, 'organisation.manage');
  return inTransaction(ctx, async (tx) => {
    const team = isInsurer ? await lockTeam(tx, ctx.actor.organisationId) : [];
    const actor = isInsurer ? actorNow(ctx, team) : ctx.actor;
    const membership = await lockMembership(tx, membershipId);
    const { organisationId, userId } = membership;
    authorize(actor, 'member.end', { organisationId });
    if (!isInsurer && userId === actor.userId) throw precondition(['own_membership']);
    if (membership.endedAt) return { organisationId };
    if (isInsurer && membership.roles.includes('signatory')) throw forbidden('signatory');
    if (isInsurer && isLastCoordinator(team, membership)) throw precondition(['last_coordinator']);
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

async function lockMembership(tx: Transaction, membershipId: string): Promise<Membership> {
  const [membership] = await tx.select().from(memberships).where(eq(memberships.id, membershipId)).for('no key update');
  if (!membership) throw notFound();
  return membership;
}
