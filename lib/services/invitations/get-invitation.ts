import 'server-only';
import { z } from 'zod';
import type { OrganisationKind, Role } from '#domain/policy.ts';
import { inSystemTransaction, type SystemContext } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { hashToken } from '#services/sessions/sign-in.ts';
import { accountFault, findInvitation, readAccount } from './invitation-facts.ts';

export const getInvitationInput = z.object({ token: z.string().min(1).max(200) });
export type GetInvitationInput = z.infer<typeof getInvitationInput>;

export type InvitationView = {
  organisationName: string;
  organisationKind: OrganisationKind;
  name: string;
  email: string;
  roles: Role[];
  /** Sections to which a contributor will be limited; null: all. */
  sectionKeys: string[] | null;
  expiresAt: Date;
  /** How it is accepted: by setting a password, or by somebody who signs in with the account they have. */
  accept: 'password' | 'sign_in';
};

/**
 * What a link invites to, for whoever holds it.
 * @throws not found when it never was, was used or ended, or can no longer be accepted: the link does not say which
 */
export async function getInvitation(ctx: SystemContext, input: GetInvitationInput): Promise<InvitationView> {
  return inSystemTransaction(ctx, async (tx) => {
    const found = await findInvitation(tx, hashToken(input.token), ctx.now);
    if (!found) throw notFound();
    const { invitation, organisation } = found;
    const account = await readAccount(tx, invitation.email);
    if (accountFault(account, organisation)) throw notFound();
    return {
      organisationName: organisation.name,
      organisationKind: organisation.kind,
      name: invitation.name,
      email: invitation.email,
      roles: invitation.roles,
      sectionKeys: invitation.sectionKeys,
      expiresAt: invitation.expiresAt,
      accept: account && account.memberships.length > 0 ? 'sign_in' : 'password',
    };
  });
}
