import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { organisations } from '#db/schema/identity.ts';
import { allowedRoleCombination, insurerRoles, mayGrant, supervisorRoles } from '#domain/policy.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { forbidden, invalid, notFound } from '#services/errors.ts';
import { issueInvitation } from './issue-invitation.ts';

export const invitePersonInput = z.object({
  /** Made by the caller, so that a repeated request is one invitation. */
  invitationId: z.uuid(),
  organisationId: z.uuid(),
  name: z.string().trim().min(1, 'missing').max(120, 'too_long'),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.email({ error: 'email_invalid' }).max(254)),
  roles: z
    .array(z.enum([...insurerRoles, ...supervisorRoles]).or(z.literal('')))
    .max(8)
    .default([])
    .transform((roles) => roles.filter((role) => role !== '')),
});
export type InvitePersonInput = z.infer<typeof invitePersonInput>;

/** `token` is what the link carries; nobody can read it again. */
export type IssuedInvitation = { invitationId: string; token: string; email: string; name: string; expiresAt: string };

/**
 * Invites somebody by a link that works once, for 7 days: an insurer's first coordinators and signatories, and the
 * supervisor's staff. Another invitation of the same address to the same organisation ends the one before, so there is
 * never more than one link; so does a repeat.
 * @throws invalid for roles that do not go together, or an address that is a member, is closed, or belongs to the other
 *   kind of organisation; forbidden for roles that the actor may not give out; precondition once it was used or ended
 */
export async function invitePerson(ctx: Context, input: InvitePersonInput): Promise<IssuedInvitation> {
  // Colleagues are invited by their own coordinator, in that organisation's own transaction: not through this door.
  authorize(ctx.actor, 'organisation.manage');
  authorize(ctx.actor, 'member.invite');
  const { invitationId, organisationId, name, email, roles } = input;
  if (roles.length === 0) throw invalid({ roles: 'none_chosen' });
  if (!allowedRoleCombination(roles)) throw invalid({ roles: 'combination' });
  return inTransaction(ctx, async (tx) => {
    const [organisation] = await tx
      .select()
      .from(organisations)
      .where(eq(organisations.id, organisationId))
      .for('no key update');
    if (!organisation) throw notFound();
    const issued = await issueInvitation(
      tx,
      ctx,
      { invitationId, organisation, email, name, roles, sectionKeys: null },
      (userId) => {
        const target = { userId, organisationId, organisationKind: organisation.kind };
        if (!roles.every((role) => mayGrant(ctx.actor, role, target))) throw forbidden('role');
      },
    );
    return { ...issued, email, name, expiresAt: issued.expiresAt.toISOString() };
  });
}
