import 'server-only';
import { and, asc, desc, eq, gt, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { invitations, memberships, organisations, users } from '#db/schema/identity.ts';
import { insurerRoles, mayGrant, type Role, supervisorRoles } from '#domain/policy.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';

export const getOrganisationInput = z.object({ organisationId: z.uuid() });
export type GetOrganisationInput = z.infer<typeof getOrganisationInput>;

export type Member = {
  membershipId: string;
  name: string;
  email: string;
  roles: Role[];
  since: Date;
  /** The actor's own: nobody ends that. */
  own: boolean;
};
export type OpenInvitation = {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  invitedAt: Date;
  expiresAt: Date;
};

/** An organisation with its people, the invitations that still stand, and the roles that the actor may give out in it. */
export async function getOrganisation(ctx: Context, { organisationId }: GetOrganisationInput) {
  authorize(ctx.actor, 'organisation.manage');
  authorize(ctx.actor, 'member.list', { organisationId });
  const [[organisation], members, open] = await inTransaction(ctx, (tx) =>
    Promise.all([
      tx.select().from(organisations).where(eq(organisations.id, organisationId)),
      tx
        .select({
          membershipId: memberships.id,
          userId: users.id,
          name: users.name,
          email: users.email,
          roles: memberships.roles,
          since: memberships.createdAt,
        })
        .from(memberships)
        .innerJoin(users, eq(users.id, memberships.userId))
        .where(and(eq(memberships.organisationId, organisationId), isNull(memberships.endedAt)))
        .orderBy(asc(users.name), asc(users.id))
        .limit(1000),
      tx
        .select({
          id: invitations.id,
          name: invitations.name,
          email: invitations.email,
          roles: invitations.roles,
          invitedAt: invitations.invitedAt,
          expiresAt: invitations.expiresAt,
        })
        .from(invitations)
        .where(
          and(
            eq(invitations.organisationId, organisationId),
            isNull(invitations.usedAt),
            isNull(invitations.revokedAt),
            gt(invitations.expiresAt, ctx.now),
          ),
        )
        .orderBy(desc(invitations.invitedAt), asc(invitations.id))
        .limit(1000),
    ]),
  );
  if (!organisation) throw notFound();
  const { id, kind, name, number } = organisation;
  const target = { userId: null, organisationId, organisationKind: kind };
  return {
    id,
    kind,
    name,
    number,
    members: members.map(({ userId, ...member }): Member => ({ ...member, own: userId === ctx.actor.userId })),
    invitations: open satisfies OpenInvitation[],
    grantable: [...insurerRoles, ...supervisorRoles].filter((role) => mayGrant(ctx.actor, role, target)),
  };
}
