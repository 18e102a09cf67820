import { randomBytes, randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { encode } from 'next-auth/jwt';
import { type Database, takeRole } from '#db/client.ts';
import { memberships, sessions, users } from '#db/schema/identity.ts';
import { hashToken } from '#services/sessions/sign-in.ts';

/** Signs somebody in without the form: a session in the database, and the value of the cookie that names it. */
export async function writeSession(db: Database, email: string): Promise<string> {
  const { token } = await insertSession(db, email);
  return encode({ token: { session: token }, secret: process.env.TREDE_SECRET ?? '' });
}

/** The session alone. */
export async function insertSession(db: Database, email: string): Promise<{ sessionId: string; token: string }> {
  const sessionId = randomUUID();
  const token = randomBytes(32).toString('base64url');
  const now = new Date();
  await db.transaction(async (tx) => {
    await takeRole(tx, 'trede_system', null);
    const [membership] = await tx
      .select({ id: memberships.id })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(and(eq(users.email, email), isNull(memberships.endedAt)));
    if (!membership) throw new Error(`nobody with the address ${email}`);
    await tx.insert(sessions).values({
      id: sessionId,
      tokenHash: hashToken(token),
      membershipId: membership.id,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + 3_600_000),
    });
  });
  return { sessionId, token };
}
