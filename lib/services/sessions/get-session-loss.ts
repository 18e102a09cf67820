import 'server-only';
import { and, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import { memberships, sessions } from '#db/schema/identity.ts';
import { statement } from '#db/statement.ts';
import type { SystemContext } from '#services/context.ts';
import { hashToken } from './sign-in.ts';

/**
 * Why a browser that still holds a token is nobody any more, where signing in again would not help: `membership_ended`
 * when a coordinator or the administrator ended the membership that it acted in. Null for every other reason. It is told
 * to whoever holds the token, and says nothing that this person does not learn by signing in.
 */
export async function getSessionLoss(
  ctx: SystemContext,
  { token }: { token: string },
): Promise<'membership_ended' | null> {
  const [row] = await readEnded(ctx.db, { tokenHash: hashToken(token), now: ctx.now.toISOString() });
  return row ? 'membership_ended' : null;
}

const readEnded = statement('get-session-loss', (db) =>
  db
    .select({ sessionId: sessions.id })
    .from(sessions)
    .innerJoin(memberships, and(eq(memberships.id, sessions.membershipId), isNotNull(memberships.endedAt)))
    .where(
      and(
        eq(sessions.tokenHash, sql.placeholder('tokenHash')),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, sql.placeholder('now')),
        sql`not exists (select from memberships as again where again.user_id = ${memberships.userId}
          and again.organisation_id = ${memberships.organisationId} and again.ended_at is null)`,
      ),
    ),
);
