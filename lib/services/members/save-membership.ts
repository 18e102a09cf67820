import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { memberships } from '#db/schema/identity.ts';
import { type Actor, mayGrant, type Role } from '#domain/policy.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { conflict, forbidden, invalid, notFound, precondition } from '#services/errors.ts';
import { grantInput } from './grant-input.ts';
import { actorNow, limitOf, lockTeam, type Membership, readSections } from './team-facts.ts';

export const saveMembershipInput = z.object({
  membershipId: z.uuid(),
  /** What the form showed, by `grantsOf`: there is no version to count with. */
  seen: z.string().max(500),
  ...grantInput,
});
export type SaveMembershipInput = z.infer<typeof saveMembershipInput>;

/** The roles and the limit of a membership as one word, to see whether somebody changed them meanwhile. */
export function grantsOf({ roles, sectionKeys }: Pick<Membership, 'roles' | 'sectionKeys'>): string {
  return `${roles.toSorted().join(' ')}/${sectionKeys?.join(' ') ?? ''}`;
}

/**
 * Changes the roles of a colleague, and the sections that a contributor is limited to. Saving what stands already
 * succeeds.
 * @throws forbidden for a role that the actor may not give out, to itself for any that is more than it has, and `signatory`
 *   for who signs; precondition `last_coordinator` when nobody would be left to invite; conflict when somebody else
 *   changed it since it was shown
 */
export async function saveMembership(ctx: Context, input: SaveMembershipInput) {
  onlyInsurer(ctx.actor);
  const { organisationId } = ctx.actor;
  return inTransaction(ctx, async (tx) => {
    const team = await lockTeam(tx, organisationId);
    const actor = actorNow(ctx, team);
    authorize(actor, 'member.limit', { organisationId });
    const held = team.find(({ id }) => id === input.membershipId);
    if (!held) throw notFound();
    if (held.roles.includes('signatory')) throw forbidden('signatory');
    if (input.roles.length === 0) throw invalid({ roles: 'none_chosen' });
    const sections = await readSections(tx);
    const sectionKeys = limitOf(input, [...new Set([...sections.map(({ key }) => key), ...(held.sectionKeys ?? [])])]);
    const wanted = { roles: input.roles, sectionKeys };
    if (grantsOf(held) === grantsOf(wanted)) return { membershipId: held.id };
    if (grantsOf(held) !== input.seen) throw conflict({ roles: held.roles, sectionKeys: held.sectionKeys });

    const target = { userId: held.userId, organisationId, organisationKind: 'insurer' as const };
    const given = input.roles.filter((role) => !held.roles.includes(role) && !isWithin(role, held, actor));
    if (!given.every((role) => mayGrant(actor, role, target))) throw forbidden('role');
    if (isLastCoordinator(team, held) && !input.roles.includes('coordinator')) throw precondition(['last_coordinator']);
    await Promise.all([
      tx
        .update(memberships)
        .set({ roles: [...input.roles] satisfies Role[], sectionKeys })
        .where(eq(memberships.id, held.id)),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'membership.save',
        organisationId,
        detail: { membershipId: held.id, userId: held.userId, roles: input.roles, sectionKeys },
      }),
    ]);
    return { membershipId: held.id };
  });
}

/** A coordinator who steps back to less gives themselves nothing: what the lesser roles may, they could already. */
function isWithin(role: Role, held: Membership, actor: Actor): boolean {
  const own = held.userId === actor.userId && held.roles.includes('coordinator');
  return own && (role === 'reader' || role === 'contributor');
}

/** Whether nobody could invite colleagues any more without this one. */
export function isLastCoordinator(team: readonly Membership[], member: Membership): boolean {
  const coordinators = team.filter(({ roles }) => roles.includes('coordinator'));
  return coordinators.length === 1 && coordinators[0]?.id === member.id;
}
