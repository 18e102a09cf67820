import { currentSession } from '#lib/auth/current-session.ts';
import { readSessionCookie } from '#lib/auth/session-cookie.ts';
import { env } from '#lib/env.ts';
import { requestSystemContext } from '#services/context.ts';
import { getSessionEnd, type SessionEnd } from '#services/sessions/get-session-end.ts';

/** When the session of this browser ends; asking does not prolong it. */
export async function GET() {
  const token = await readSessionCookie();
  const ctx = { ...requestSystemContext(), idleMinutes: env().TREDE_SESSION_IDLE_MINUTES };
  return answer(token ? await getSessionEnd(ctx, { token }) : null);
}

/** "Verder werken": a sign of life, that any request of a person is. */
export async function POST() {
  return answer(await currentSession());
}

function answer(end: SessionEnd | null) {
  if (!end) return Response.json(null, { status: 401 });
  return Response.json({ endsAt: end.endsAt, expiresAt: end.expiresAt });
}
