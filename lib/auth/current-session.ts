import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { env } from '#lib/env.ts';
import { type Context, requestContext, requestSystemContext } from '#services/context.ts';
import { getSession, type Session } from '#services/sessions/get-session.ts';
import { getSessionLoss } from '#services/sessions/get-session-loss.ts';
import { readSessionCookie } from './session-cookie.ts';

/** Who asks, or null; read once a request. */
export const currentSession = cache(async (): Promise<Session | null> => {
  const token = await readSessionCookie();
  if (!token) return null;
  return getSession({ ...requestSystemContext(), idleMinutes: env().TREDE_SESSION_IDLE_MINUTES }, { token });
});

/** Why nobody asks, as codes for the answer to a form; none where signing in again is all there is to do. */
export async function whyNobody(): Promise<readonly 'membership_ended'[]> {
  const token = await readSessionCookie();
  const loss = token && (await getSessionLoss(requestSystemContext(), { token }));
  return loss ? [loss] : [];
}

/** Who asks for a page. Somebody who is not signed in goes to sign in, and comes back to this page. */
export async function pageSession(): Promise<Session & { ctx: Context }> {
  const session = await currentSession();
  if (!session) {
    const path = (await headers()).get('x-path') ?? '/';
    const ended = (await whyNobody()).length > 0 ? '&ended=1' : '';
    redirect(`/sign-in?to=${encodeURIComponent(path)}${ended}`);
  }
  return { ...session, ctx: requestContext(session.actor) };
}
