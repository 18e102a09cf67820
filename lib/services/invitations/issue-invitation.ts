import 'server-only';
import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { invitations } from '#db/schema/identity.ts';
import type { OrganisationKind, Role } from '#domain/policy.ts';
import { recordEvent } from '#services/audit.ts';
import { type Context, personOf } from '#services/context.ts';
import { invalid, precondition } from '#services/errors.ts';
import { hashToken } from '#services/sessions/sign-in.ts';
import { isUniqueViolation } from '#services/unique-violation.ts';
import { accountFault, invitationEnd, newToken, readAccount } from './invitation-facts.ts';

type Issue = {
  invitationId: string;
  organisation: { id: string; kind: OrganisationKind };
  email: string;
  name: string;
  roles: readonly Role[];
  /** Sections to which a contributor is limited; null: all. */
  sectionKeys: readonly string[] | null;
};

/**
 * Writes an invitation to an organisation whose people are locked, and gives the token of its link, which nobody can read
 * again. Another invitation of this address to the organisation ends: there is never more than one link that works. A
 * repeat of an invitation that stands ends it too, and gives a new one under an id of its own: its first link may be lost.
 * @param mayGrant asked with the account that was found, before anything is written
 * @throws invalid when the account cannot become a member, or when the address was invited as a signatory and the actor
 *   may not touch that; precondition when the invitation was used or ended
 */
export async function issueInvitation(
  tx: Transaction,
  ctx: Context,
  { invitationId, organisation, email, name, roles, sectionKeys }: Issue,
  mayGrant: (userId: string | null) => void,
): Promise<{ invitationId: string; token: string; expiresAt: Date }> {
  const [account, earlier] = await Promise.all([
    readAccount(tx, email),
    readEarlier(tx, { invitationId, organisation, email }),
  ]);
  mayGrant(account?.userId ?? null);
  const fault = accountFault(account, organisation);
  if (fault) throw invalid({ email: fault });
  const present = earlier.find(({ id }) => id === invitationId);
  if (present && (!present.stands || present.organisationId !== organisation.id)) {
    throw precondition(['invitation_over']);
  }
  const standing = earlier.filter(({ stands }) => stands);
  if (organisation.kind === 'insurer' && ctx.actor.organisationKind === 'insurer') {
    if (standing.some((other) => other.roles.includes('signatory'))) throw invalid({ email: 'signatory_invited' });
  }
  const token = newToken();
  const expiresAt = invitationEnd(ctx.now);
  const id = present ? randomUUID() : invitationId;
  const replaced = standing.map((other) => other.id);
  if (replaced.length > 0) {
    await tx.update(invitations).set({ revokedAt: ctx.now }).where(inArray(invitations.id, replaced));
  }
  await Promise.all([
    tx
      .insert(invitations)
      .values({
        id,
        organisationId: organisation.id,
        invitedBy: personOf(ctx.actor),
        tokenHash: hashToken(token),
        email,
        name,
        roles: [...roles],
        sectionKeys: sectionKeys && [...sectionKeys],
        invitedAt: ctx.now,
        expiresAt,
      })
      .catch((error: unknown) => {
        // An id that another organisation has: not to be seen from here.
        throw isUniqueViolation(error, 'invitations_pkey') ? precondition(['invitation_over']) : error;
      }),
    recordEvent(tx, {
      at: ctx.now,
      actorId: ctx.actor.userId,
      action: 'invitation.invite',
      organisationId: organisation.id,
      detail: { invitationId: id, roles, sectionKeys },
    }),
  ]);
  return { invitationId: id, token, expiresAt };
}

/** The invitation of this id, and those of this address to the organisation that still stand. */
async function readEarlier(
  tx: Transaction,
  { invitationId, organisation, email }: Pick<Issue, 'invitationId' | 'organisation' | 'email'>,
) {
  const rows = await tx
    .select({
      id: invitations.id,
      organisationId: invitations.organisationId,
      roles: invitations.roles,
      usedAt: invitations.usedAt,
      revokedAt: invitations.revokedAt,
    })
    .from(invitations)
    .where(
      or(
        eq(invitations.id, invitationId),
        and(
          eq(invitations.organisationId, organisation.id),
          eq(invitations.email, email),
          isNull(invitations.usedAt),
          isNull(invitations.revokedAt),
        ),
      ),
    );
  return rows.map(({ usedAt, revokedAt, ...row }) => ({ ...row, stands: usedAt === null && revokedAt === null }));
}
