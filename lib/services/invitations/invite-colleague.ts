import 'server-only';
import { z } from 'zod';
import { mayGrant } from '#domain/policy.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { forbidden, invalid } from '#services/errors.ts';
import { grantInput } from '#services/members/grant-input.ts';
import { actorNow, limitOf, lockTeam, readSections } from '#services/members/team-facts.ts';
import { type IssuedInvitation, invitePersonInput } from './invite-person.ts';
import { issueInvitation } from './issue-invitation.ts';

const { invitationId, name, email } = invitePersonInput.shape;
export const inviteColleagueInput = z.object({ invitationId, name, email, ...grantInput });
export type InviteColleagueInput = z.infer<typeof inviteColleagueInput>;

/**
 * A coordinator invites a colleague to its own insurer, by a link that works once, for 7 days. The same way as the
 * administrator's: another invitation of the address ends, so this is also how an expired one gets a new link.
 * @throws invalid for no role, for a section that is not there, or an address that is a member or was invited as a
 *   signatory; forbidden for a role that a coordinator does not give out; precondition once it was used or ended
 */
export async function inviteColleague(ctx: Context, input: InviteColleagueInput): Promise<IssuedInvitation> {
  onlyInsurer(ctx.actor);
  const { organisationId } = ctx.actor;
  return inTransaction(ctx, async (tx) => {
    const team = await lockTeam(tx, organisationId);
    const actor = actorNow(ctx, team);
    authorize(actor, 'member.invite', { organisationId });
    const { name, email, roles } = input;
    if (roles.length === 0) throw invalid({ roles: 'none_chosen' });
    const sections = await readSections(tx);
    const sectionKeys = limitOf(
      input,
      sections.map(({ key }) => key),
    );
    const issued = await issueInvitation(
      tx,
      ctx,
      {
        invitationId: input.invitationId,
        organisation: { id: organisationId, kind: 'insurer' },
        email,
        name,
        roles,
        sectionKeys,
      },
      (userId) => {
        const target = { userId, organisationId, organisationKind: 'insurer' as const };
        if (!roles.every((role) => mayGrant(actor, role, target))) throw forbidden('role');
      },
    );
    return { ...issued, email, name, expiresAt: issued.expiresAt.toISOString() };
  });
}
