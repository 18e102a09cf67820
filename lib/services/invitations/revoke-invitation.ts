import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { invitations } from '#db/schema/identity.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { forbidden, notFound, precondition } from '#services/errors.ts';
import { actorNow, lockTeam } from '#services/members/team-facts.ts';

export const revokeInvitationInput = z.object({ invitationId: z.uuid() });
export type RevokeInvitationInput = z.infer<typeof revokeInvitationInput>;

/**
 * Ends an invitation: its link no longer works. A repeat changes nothing. A coordinator ends those of its own insurer.
 * @throws precondition `invitation_used` when the person is a member already; forbidden `signatory` when a coordinator
 *   would end what the administrator began
 */
export async function revokeInvitation(ctx: Context, { invitationId }: RevokeInvitationInput) {
  const isInsurer = ctx.actor.organisationKind === 'insurer';
  if (!isInsurer) authorize(ctx.actor, 'organisation.manage');
  return inTransaction(ctx, async (tx) => {
    const actor = isInsurer ? actorNow(ctx, await lockTeam(tx, ctx.actor.organisationId)) : ctx.actor;
    const [invitation] = await tx
      .select({
        organisationId: invitations.organisationId,
        roles: invitations.roles,
        usedAt: invitations.usedAt,
        revokedAt: invitations.revokedAt,
      })
      .from(invitations)
      .where(eq(invitations.id, invitationId))
      .for('no key update');
    if (!invitation) throw notFound();
    authorize(actor, 'member.invite', { organisationId: invitation.organisationId });
    if (isInsurer && invitation.roles.includes('signatory')) throw forbidden('signatory');
    if (invitation.usedAt) throw precondition(['invitation_used']);
    const { organisationId } = invitation;
    if (invitation.revokedAt) return { organisationId };
    await Promise.all([
      tx.update(invitations).set({ revokedAt: ctx.now }).where(eq(invitations.id, invitationId)),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'invitation.revoke',
        organisationId,
        detail: { invitationId },
      }),
    ]);
    return { organisationId };
  });
}
