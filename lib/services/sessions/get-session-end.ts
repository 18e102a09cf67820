import 'server-only';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { sessions } from '#db/schema/identity.ts';
import { statement } from '#db/statement.ts';
import type { SystemContext } from '#services/context.ts';
import { hashToken } from './sign-in.ts';

export type SessionEnd = { endsAt: Date; expiresAt: Date };

/**
 * When a session ends, without counting as a sign of life: a page that asks on its own must not keep it alive. Null when
 * it has ended.
 */
export async function getSessionEnd(
  ctx: SystemContext & { idleMinutes: number },
  input: { token: string },
): Promise<SessionEnd | null> {
  const [row] = await readEnd(ctx.db, { tokenHash: hashToken(input.token), now: ctx.now.toISOString() });
  if (!row) return null;
  const idleEnd = row.lastSeenAt.getTime() + ctx.idleMinutes * 60_000;
  const endsAt = new Date(Math.min(idleEnd, row.expiresAt.getTime()));
  return endsAt > ctx.now ? { endsAt, expiresAt: row.expiresAt } : null;
}

const readEnd = statement('get-session-end', (db) =>
  db
    .select({ lastSeenAt: sessions.lastSeenAt, expiresAt: sessions.expiresAt })
    .from(sessions)
    .where(
      and(
        eq(sessions.tokenHash, sql.placeholder('tokenHash')),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, sql.placeholder('now')),
      ),
    ),
);
