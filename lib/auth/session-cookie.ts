import 'server-only';
import { cookies } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import { env } from '#lib/env.ts';

/** Behind TLS the prefix makes the browser refuse the cookie from any other host or path. */
const cookieName = () => (isSecure() ? '__Host-trede' : 'trede');
const isSecure = () => env().TREDE_ORIGIN.startsWith('https:');

/** Hands the browser the token of a session, encrypted in the format of next-auth. */
export async function writeSessionCookie(token: string) {
  const maxAge = env().TREDE_SESSION_HOURS * 3600;
  const value = await encode({ token: { session: token }, secret: env().TREDE_SECRET, maxAge });
  (await cookies()).set(cookieName(), value, {
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(),
    path: '/',
    maxAge,
  });
}

/** The token that the browser holds, or null when there is none or it was not made here. */
export async function readSessionCookie(): Promise<string | null> {
  const value = (await cookies()).get(cookieName())?.value;
  if (!value) return null;
  const content = await decode({ token: value, secret: env().TREDE_SECRET }).catch(() => null);
  return typeof content?.session === 'string' ? content.session : null;
}

export async function clearSessionCookie() {
  (await cookies()).set(cookieName(), '', {
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(),
    path: '/',
    maxAge: 0,
  });
}
