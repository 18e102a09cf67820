import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { invitations } from '#db/schema/identity.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound, precondition } from '#services/errors.ts';

export const revokeInvitationInput = z.object({ invitationId: z.uuid() });
export type RevokeInvitationInput = z.infer<typeof revokeInvitationInput>;

/**
 * Ends an invitation: its link no longer works. A repeat changes nothing.
 * @throws precondition `invitation_used` when the person is a member already
 */
export async function revokeInvitation(ctx: Context, { invitationId }: RevokeInvitationInput) {
  authorize(ctx.actor, 'organisation.manage');
  return inTransaction(ctx, async (tx) => {
    const [invitation] = await tx
      .select({
        organisationId: invitations.organisationId,
        usedAt: invitations.usedAt,
        revokedAt: invitations.revokedAt,
      })
      .from(invitations)
      .where(eq(invitations.id, invitationId))
      .for('no key update');
    if (!invitation) throw notFound();
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
