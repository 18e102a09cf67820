import 'server-only';
import { requestContext } from '#services/context.ts';
import { signOut } from '#services/sessions/sign-out.ts';
import { currentSession } from './current-session.ts';
import { readSessionCookie, writeSessionCookie } from './session-cookie.ts';

/** Lets this browser go on in a new session. The one that it held ends: its cookie opens nothing more, wherever it lies. */
export async function enterSession(token: string) {
  const [held, before] = await Promise.all([currentSession(), readSessionCookie()]);
  if (held && before) await signOut(requestContext(held.actor), { token: before });
  await writeSessionCookie(token);
}
