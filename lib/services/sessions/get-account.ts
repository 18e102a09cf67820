import 'server-only';
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { credentials, memberships, organisations, sessions } from '#db/schema/identity.ts';
import { type Context, inSystemTransaction } from '#services/context.ts';
import { type FromSession, ofPerson } from './own-sessions.ts';

export type OwnSession = {
  id: string;
  organisationName: string;
  startedAt: Date;
  /** The instant of the latest request; up to a minute early. */
  lastSeenAt: Date;
  /** The one that asks. */
  here: boolean;
};

/** A person's own account: since when the password stands, and where they are signed in, the latest first. For every role. */
export async function getAccount(ctx: Context, input: FromSession & { idleMinutes: number }) {
  const idleSince = new Date(ctx.now.getTime() - input.idleMinutes * 60_000);
  return inSystemTransaction(ctx, async (tx) => {
    const [[credential], rows] = await Promise.all([
      tx.select({ changedAt: credentials.changedAt }).from(credentials).where(eq(credentials.userId, ctx.actor.userId)),
      tx
        .select({
          id: sessions.id,
          organisationName: organisations.name,
          startedAt: sessions.createdAt,
          lastSeenAt: sessions.lastSeenAt,
        })
        .from(sessions)
        .innerJoin(memberships, and(eq(memberships.id, sessions.membershipId), isNull(memberships.endedAt)))
        .innerJoin(organisations, eq(organisations.id, memberships.organisationId))
        .where(
          and(
            ofPerson(tx, ctx.actor.userId),
            isNull(sessions.revokedAt),
            gt(sessions.expiresAt, ctx.now),
            gt(sessions.lastSeenAt, idleSince),
          ),
        )
        .orderBy(desc(sessions.lastSeenAt), desc(sessions.id)),
    ]);
    const own: OwnSession[] = rows.map((row) => ({ ...row, here: row.id === input.sessionId }));
    return { passwordSince: credential?.changedAt ?? null, sessions: own };
  });
}
