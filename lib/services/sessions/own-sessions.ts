import 'server-only';
import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { memberships, sessions } from '#db/schema/identity.ts';
import type { Context } from '#services/context.ts';
import { Refusal } from '#services/errors.ts';

/** The session from which a person changes something of their own account. */
export type FromSession = { sessionId: string };

/**
 * Locks the session that asks, so that one that was ended a moment ago changes nothing.
 * @throws signed_out when it is not the actor's, or has ended
 */
export async function lockOwnSession(tx: Transaction, ctx: Context, sessionId: string) {
  const [own] = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt), ofPerson(tx, ctx.actor.userId)))
    .for('no key update');
  if (!own) throw new Refusal('signed_out');
}

/** Ends every session of the actor but this one, in each organisation. @returns how many there were */
export async function endOthers(tx: Transaction, ctx: Context, sessionId: string): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: ctx.now })
    .where(and(ofPerson(tx, ctx.actor.userId), ne(sessions.id, sessionId), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id });
  return ended.length;
}

/** Sessions in any membership of the person. */
export function ofPerson(tx: Transaction, userId: string) {
  const held = tx.select({ id: memberships.id }).from(memberships).where(eq(memberships.userId, userId));
  return inArray(sessions.membershipId, held);
}
