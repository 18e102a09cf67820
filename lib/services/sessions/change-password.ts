import 'server-only';
import { z } from 'zod';
import { recordEvent } from '#services/audit.ts';
import { type Context, inSystemTransaction } from '#services/context.ts';
import { invalid } from '#services/errors.ts';
import { writePassword } from '#services/invitations/invitation-facts.ts';
import { endOthers, type FromSession, lockOwnSession } from './own-sessions.ts';
import { hashPassword } from './password.ts';
import { passwordFault } from './password-rules.ts';
import { signInAgain } from './sign-in-again.ts';

export const changePasswordInput = z.object({
  currentPassword: z.string().max(1024),
  newPassword: z.string().max(2048),
});
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

/**
 * Gives one's own account another password. Every other session of the person ends, in each organisation: whoever knew the
 * old password is out. For every role.
 * @param input with the session that asks and the address of its account
 * @throws busy when the account failed too often; invalid `wrong` for the current password, and what is wrong with the new
 *   one; signed_out when the session that asks has ended meanwhile
 */
export async function changePassword(ctx: Context, input: ChangePasswordInput & FromSession & { email: string }) {
  const { currentPassword, newPassword, sessionId, email } = input;
  const fits = await signInAgain(ctx, currentPassword);
  const fault = passwordFault(newPassword, email) ?? (fits && newPassword === currentPassword ? 'same' : null);
  if (!fits || fault)
    throw invalid({ ...(!fits && { currentPassword: 'wrong' }), ...(fault && { newPassword: fault }) });
  // Before the lock, as hashing takes some tenths of a second.
  const passwordHash = await hashPassword(newPassword);
  return inSystemTransaction(ctx, async (tx) => {
    await lockOwnSession(tx, ctx, sessionId);
    const ended = await endOthers(tx, ctx, sessionId);
    await Promise.all([
      writePassword(tx, ctx.actor.userId, passwordHash, ctx.now),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'password.change',
        organisationId: ctx.actor.organisationId,
        detail: { sessionsEnded: ended },
      }),
    ]);
    return { ended };
  });
}
