import 'server-only';
import { redirect } from 'next/navigation';
import { requestContext } from '#services/context.ts';
import { signOut } from '#services/sessions/sign-out.ts';
import { currentSession } from './current-session.ts';
import { clearSessionCookie, markSignedOut, readSessionCookie } from './session-cookie.ts';

/** Ends the session in the database and in this browser. */
export async function submitSignOut(): Promise<never> {
  const session = await currentSession();
  const token = await readSessionCookie();
  if (session && token) await signOut(requestContext(session.actor), { token });
  await clearSessionCookie();
  await markSignedOut();
  redirect('/sign-in');
}
