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
  const content = await openCookie(value);
  // `decode` looks at the end as well, but only the first time; the session's own row holds the end that counts.
  return content && content.endsAt > Date.now() ? content.token : null;
}

type Opened = { token: string; endsAt: number };

/** Cookies that were opened lately. To open one costs as much as a query, and gives the same each time. */
const opened = new Map<string, Opened>();
const mostOpened = 2_000;

async function openCookie(value: string): Promise<Opened | null> {
  const known = opened.get(value);
  if (known) return known;
  const content = await decode({ token: value, secret: env().TREDE_SECRET }).catch(() => null);
  if (typeof content?.session !== 'string' || typeof content.exp !== 'number') return null;
  const made = { token: content.session, endsAt: content.exp * 1000 };
  const oldest = opened.size >= mostOpened ? opened.keys().next().value : undefined;
  if (oldest !== undefined) opened.delete(oldest);
  opened.set(value, made);
  return made;
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
