import 'server-only';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { credentials, memberships, sessions, signInThrottles, users } from '#db/schema/identity.ts';
import { recordEvent } from '#services/audit.ts';
import { inSystemTransaction, type SystemContext } from '#services/context.ts';
import { busy, Refusal } from '#services/errors.ts';
import { verifyPassword } from './password.ts';
import { countFailure, countTurnedAway, throttledOf, throttleSubjects, tried } from './throttle.ts';

export const signInInput = z.object({
  email: z
    .string()
    .trim()
    .toLowerCase()
    .min(1)
    .max(254)
    .refine((email) => !email.includes('\0')),
  password: z.string().min(1).max(1024),
});
export type SignInInput = z.infer<typeof signInInput>;

/**
 * Starts a session. An unknown account, a wrong password and an account without a membership get the same answer
 * after the same work.
 * @param address of the client, for the throttle
 * @returns the token that the cookie carries; only its hash is stored
 * @throws busy when the account or the address failed too often, forbidden when e-mail and password do not fit
 */
export async function signIn(ctx: SystemContext & { address: string; sessionHours: number }, input: SignInInput) {
  const subjects = throttleSubjects(input.email, ctx.address);
  const found = await inSystemTransaction(ctx, async (tx) => {
    const [account, throttled] = await Promise.all([findAccount(tx, input.email), throttledOf(tx, subjects, ctx.now)]);
    return { account, throttled };
  });
  const attempt = tried(ctx.now, { accountId: found.account?.userId ?? null });
  if (found.throttled.length > 0) {
    await inSystemTransaction(ctx, (tx) => countTurnedAway(tx, subjects, found.throttled, attempt));
    throw busy('too_many_attempts');
  }
  const fits = await verifyPassword(input.password, found.account?.passwordHash ?? null);
  if (!fits || !found.account) {
    await inSystemTransaction(ctx, (tx) => countFailure(tx, subjects, attempt));
    throw new Refusal('forbidden', ['credentials']);
  }
  const account = found.account;
  return inSystemTransaction(ctx, async (tx) => {
    const token = randomBytes(32).toString('base64url');
    await Promise.all([
      tx.insert(sessions).values({
        id: randomUUID(),
        tokenHash: hashToken(token),
        membershipId: account.membershipId,
        createdAt: ctx.now,
        lastSeenAt: ctx.now,
        expiresAt: new Date(ctx.now.getTime() + ctx.sessionHours * 3_600_000),
      }),
      tx.delete(signInThrottles).where(eq(signInThrottles.subject, subjects.account)),
      recordEvent(tx, {
        at: ctx.now,
        actorId: account.userId,
        action: 'session.sign_in',
        organisationId: account.organisationId,
      }),
    ]);
    return { token };
  });
}

/** What is stored of a token: enough to find it, useless to whoever reads the table. */
export function hashToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}

async function findAccount(tx: Transaction, email: string) {
  const [account] = await tx
    .select({
      userId: users.id,
      passwordHash: credentials.passwordHash,
      membershipId: memberships.id,
      organisationId: memberships.organisationId,
    })
    .from(users)
    .innerJoin(credentials, eq(credentials.userId, users.id))
    .innerJoin(memberships, and(eq(memberships.userId, users.id), isNull(memberships.endedAt)))
    .where(and(eq(sql`lower(${users.email})`, sql.placeholder('email')), isNull(users.disabledAt)))
    .orderBy(asc(memberships.createdAt), asc(memberships.id))
    .limit(1)
    .prepare('sign-in:account')
    .execute({ email });
  return account;
}
