import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { credentials, users } from '#db/schema/identity.ts';
import { type Context, inSystemTransaction } from '#services/context.ts';
import { busy } from '#services/errors.ts';
import { verifyPassword } from './password.ts';
import { countFailure, countTurnedAway, throttledOf, throttleSubjects, tried } from './throttle.ts';

/**
 * Whether the password is the actor's own: who signs proves once more who they are. Wrong ones count as failed sign-ins
 * of the account. Runs before the transaction of the verb: no insurer's role can read a credential, and a slow hash must
 * hold no lock.
 * @throws busy when the account failed too often
 */
export async function signInAgain(ctx: Context, password: string): Promise<boolean> {
  const found = await inSystemTransaction(ctx, (tx) => findCredential(tx, ctx.actor.userId));
  const subjects = throttleSubjects((found?.email ?? ctx.actor.userId).toLowerCase());
  const throttled = await inSystemTransaction(ctx, (tx) => throttledOf(tx, subjects, ctx.now));
  const attempt = tried(ctx.now, { actorId: ctx.actor.userId, accountId: ctx.actor.userId });
  if (throttled.length > 0) {
    await inSystemTransaction(ctx, (tx) => countTurnedAway(tx, subjects, throttled, attempt));
    throw busy('too_many_attempts');
  }
  if (password === '') return false;
  const fits = await verifyPassword(password, found?.passwordHash ?? null);
  if (!fits) await inSystemTransaction(ctx, (tx) => countFailure(tx, subjects, attempt));
  return fits;
}

async function findCredential(tx: Transaction, userId: string) {
  const [row] = await tx
    .select({ email: users.email, passwordHash: credentials.passwordHash })
    .from(users)
    .innerJoin(credentials, eq(credentials.userId, users.id))
    .where(eq(users.id, sql.placeholder('userId')))
    .prepare('sign-in-again:credential')
    .execute({ userId });
  return row;
}
