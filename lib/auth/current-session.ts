import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { env } from '#lib/env.ts';
import { type Context, requestContext, requestSystemContext } from '#services/context.ts';
import { getSession, type Session } from '#services/sessions/get-session.ts';
import { readSessionCookie } from './session-cookie.ts';

/** Who asks, or null; read once a request. */
export const currentSession = cache(async (): Promise<Session | null> => {
  const token = await readSessionCookie();
  if (!token) return null;
  return getSession({ ...requestSystemContext(), idleMinutes: env().TREDE_SESSION_IDLE_MINUTES }, { token });
});

/** Who asks for a page. Somebody who is not signed in goes to sign in, and comes back to this page. */
export async function pageSession(): Promise<Session & { ctx: Context }> {
  const session = await currentSession();
  if (!session) {
    const path = (await headers()).get('x-path') ?? '/';
    redirect(`/sign-in?to=${encodeURIComponent(path)}`);
  }
  return { ...session, ctx: requestContext(session.actor) };
}
