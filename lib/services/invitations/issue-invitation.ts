import 'server-only';
import { and, eq, isNull, ne } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { invitations } from '#db/schema/identity.ts';
import type { OrganisationKind, Role } from '#domain/policy.ts';
import { recordEvent } from '#services/audit.ts';
import { type Context, personOf } from '#services/context.ts';
import { invalid, precondition } from '#services/errors.ts';
import { hashToken } from '#services/sessions/sign-in.ts';
import { accountFault, invitationEnd, newToken, readAccount } from './invitation-facts.ts';

type Issue = {
  invitationId: string;
  organisation: { id: string; kind: OrganisationKind };
  email: string;
  name: string;
  roles: Role[];
};

/**
 * Writes an invitation to a locked organisation and gives the token of its link, which nobody can read again. Another
 * invitation of this address to the organisation ends: there is never more than one link that works.
 * @param mayGrant asked with the account that was found, before anything is written
 * @throws invalid when the account cannot become a member; precondition when the invitation was used or ended
 */
export async function issueInvitation(
  tx: Transaction,
  ctx: Context,
  { invitationId, organisation, email, name, roles }: Issue,
  mayGrant: (userId: string | null) => void,
): Promise<{ token: string; expiresAt: Date }> {
  const [account, [present]] = await Promise.all([
    readAccount(tx, email),
    tx.select().from(invitations).where(eq(invitations.id, invitationId)),
  ]);
  mayGrant(account?.userId ?? null);
  const fault = accountFault(account, organisation);
  if (fault) throw invalid({ email: fault });
  if (present && (present.usedAt || present.revokedAt || present.organisationId !== organisation.id)) {
    throw precondition(['invitation_over']);
  }
  const token = newToken();
  const expiresAt = invitationEnd(ctx.now);
  const issued = { tokenHash: hashToken(token), email, name, roles, invitedAt: ctx.now, expiresAt };
  await Promise.all([
    tx
      .update(invitations)
      .set({ revokedAt: ctx.now })
      .where(
        and(
          eq(invitations.organisationId, organisation.id),
          eq(invitations.email, email),
          ne(invitations.id, invitationId),
          isNull(invitations.usedAt),
          isNull(invitations.revokedAt),
        ),
      ),
    tx
      .insert(invitations)
      .values({ id: invitationId, organisationId: organisation.id, invitedBy: personOf(ctx.actor), ...issued })
      .onConflictDoUpdate({ target: invitations.id, set: issued }),
    recordEvent(tx, {
      at: ctx.now,
      actorId: ctx.actor.userId,
      action: 'invitation.invite',
      organisationId: organisation.id,
      detail: { invitationId, roles },
    }),
  ]);
  return { token, expiresAt };
}
