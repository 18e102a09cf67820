import 'server-only';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { memberships, organisations, sessions, users } from '#db/schema/identity.ts';
import { statement } from '#db/statement.ts';
import type { Actor } from '#domain/policy.ts';
import { inSystemTransaction, type SystemContext } from '#services/context.ts';
import { hashToken } from './sign-in.ts';

export type Session = {
  sessionId: string;
  actor: Actor;
  /** For the actor's own screen only: insurers never see a name of the supervisor's staff. */
  userName: string;
  email: string;
  organisationName: string;
  createdAt: Date;
  /** The instant of the latest request that was written down; at most a minute before the last one. */
  lastSeenAt: Date;
  /** The instant at which the session ends when nothing more is asked. */
  endsAt: Date;
  /** The instant at which it ends whatever is asked. */
  expiresAt: Date;
};

/**
 * Reads who acts, on every request, so that revoking works at once. Null when the token is unknown, revoked or over,
 * or when the person or the membership has ended. Touches `last_seen_at` at most once a minute.
 */
export async function getSession(
  ctx: SystemContext & { idleMinutes: number },
  input: { token: string },
): Promise<Session | null> {
  const tokenHash = hashToken(input.token);
  const idleSince = new Date(ctx.now.getTime() - ctx.idleMinutes * 60_000);
  const [row] = await readSession(ctx.db, {
    tokenHash,
    now: ctx.now.toISOString(),
    idleSince: idleSince.toISOString(),
  });
  if (!row) return null;
  const touches = ctx.now.getTime() - row.lastSeenAt.getTime() > 60_000;
  if (touches) {
    await inSystemTransaction(ctx, (tx) =>
      tx.update(sessions).set({ lastSeenAt: ctx.now }).where(eq(sessions.id, row.sessionId)),
    );
  }
  const lastSeenAt = touches ? ctx.now : row.lastSeenAt;
  const idleEnd = lastSeenAt.getTime() + ctx.idleMinutes * 60_000;
  return {
    sessionId: row.sessionId,
    actor: {
      userId: row.userId,
      membershipId: row.membershipId,
      organisationId: row.organisationId,
      organisationKind: row.organisationKind,
      roles: row.roles,
      sectionKeys: row.sectionKeys,
    },
    userName: row.userName,
    email: row.email,
    organisationName: row.organisationName,
    createdAt: row.createdAt,
    lastSeenAt,
    endsAt: new Date(Math.min(idleEnd, row.expiresAt.getTime())),
    expiresAt: row.expiresAt,
  };
}

const readSession = statement('get-session', (db) =>
  db
    .select({
      sessionId: sessions.id,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
      createdAt: sessions.createdAt,
      membershipId: memberships.id,
      roles: memberships.roles,
      sectionKeys: memberships.sectionKeys,
      userId: users.id,
      userName: users.name,
      email: users.email,
      organisationId: organisations.id,
      organisationKind: organisations.kind,
      organisationName: organisations.name,
    })
    .from(sessions)
    .innerJoin(memberships, and(eq(memberships.id, sessions.membershipId), isNull(memberships.endedAt)))
    .innerJoin(users, and(eq(users.id, memberships.userId), isNull(users.disabledAt)))
    .innerJoin(organisations, eq(organisations.id, memberships.organisationId))
    .where(
      and(
        eq(sessions.tokenHash, sql.placeholder('tokenHash')),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, sql.placeholder('now')),
        gt(sessions.lastSeenAt, sql.placeholder('idleSince')),
      ),
    ),
);
