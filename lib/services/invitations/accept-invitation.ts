import 'server-only';
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { invitations, memberships, users } from '#db/schema/identity.ts';
import { recordEvent } from '#services/audit.ts';
import { inSystemTransaction, type SystemContext } from '#services/context.ts';
import { busy, forbidden, invalid, notFound } from '#services/errors.ts';
import { hashPassword } from '#services/sessions/password.ts';
import { passwordFault } from '#services/sessions/password-rules.ts';
import { hashToken } from '#services/sessions/sign-in.ts';
import { isUniqueViolation } from '#services/unique-violation.ts';
import { accountFault, findInvitation, lockInvitation, readAccount, writePassword } from './invitation-facts.ts';

export const acceptInvitationInput = z.object({
  token: z.string().min(1).max(200),
  /** Only for somebody without an account that stands; who has one signs in. */
  password: z.string().max(2048).default(''),
  /** As this person writes it; empty keeps the name on the invitation. Only for a new account. */
  name: z.string().trim().max(120, 'too_long').default(''),
});
export type AcceptInvitationInput = z.infer<typeof acceptInvitationInput>;

type Accepted = { email: string; organisationId: string; accepted: 'password' | 'sign_in' };

/**
 * Turns an invitation into a membership, once: of two at the same time one succeeds. Somebody new gets an account with
 * this password. Somebody who is a member elsewhere adds it to the account they signed in with; an account that is a
 * member nowhere cannot sign in, so it gets a new password.
 * @param userId who is signed in, or null
 * @throws not found when the link does not work (any more); invalid for a password that is too weak; forbidden
 *   `sign_in_first` when the account that was invited is another than the one that is signed in
 */
export async function acceptInvitation(
  ctx: SystemContext & { userId: string | null },
  input: AcceptInvitationInput,
): Promise<Accepted> {
  const tokenHash = hashToken(input.token);
  // Before the lock, as hashing takes some tenths of a second; and only for a link that works, as it takes 32 MB too.
  const known = await inSystemTransaction(ctx, (tx) => findInvitation(tx, tokenHash, ctx.now));
  if (!known) throw notFound();
  const passwordHash = input.password === '' ? null : await hashPassword(input.password);
  return inSystemTransaction(ctx, async (tx) => {
    const locked = await lockInvitation(tx, tokenHash, ctx.now);
    if (!locked) throw notFound();
    const { invitation, organisation } = locked;
    const account = await readAccount(tx, invitation.email);
    if (accountFault(account, organisation)) throw notFound();
    const signsIn = account !== null && account.memberships.length > 0;
    if (signsIn && account.userId !== ctx.userId) throw forbidden('sign_in_first');
    const fault = signsIn ? null : passwordFault(input.password, invitation.email);
    if (fault) throw invalid({ password: fault });

    const userId = account?.userId ?? (await makeUser(tx, ctx.now, invitation.email, input.name || invitation.name));
    if (!signsIn && passwordHash) await writePassword(tx, userId, passwordHash, ctx.now);
    await Promise.all([
      tx.insert(memberships).values({
        id: randomUUID(),
        userId,
        organisationId: organisation.id,
        roles: invitation.roles,
        sectionKeys: invitation.sectionKeys,
        createdAt: ctx.now,
      }),
      tx.update(invitations).set({ usedAt: ctx.now }).where(eq(invitations.id, invitation.id)),
      recordEvent(tx, {
        at: ctx.now,
        actorId: userId,
        action: 'invitation.accept',
        organisationId: organisation.id,
        detail: { invitationId: invitation.id, roles: invitation.roles },
      }),
    ]);
    return {
      email: invitation.email,
      organisationId: organisation.id,
      accepted: signsIn ? 'sign_in' : 'password',
    };
  });
}

async function makeUser(tx: Transaction, now: Date, email: string, name: string) {
  const userId = randomUUID();
  await tx
    .insert(users)
    .values({ id: userId, email, name, createdAt: now })
    .catch((error: unknown) => {
      // Two invitations of one new person, accepted in the same moment: the second one finds the account next time.
      throw isUniqueViolation(error, 'users_email_unique') ? busy('try_again') : error;
    });
  return userId;
}
