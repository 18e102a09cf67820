import 'server-only';
import { cookies } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import { cookieName, env } from '#lib/env.ts';
import { rememberOpened } from './remember-opened.ts';

const sessionCookie = 'trede';
const isSecure = () => env().TREDE_ORIGIN.startsWith('https:');

/** Hands the browser the token of a session, encrypted in the format of next-auth. */
export async function writeSessionCookie(token: string) {
  const maxAge = env().TREDE_SESSION_HOURS * 3600;
  const value = await encode({ token: { session: token }, secret: env().TREDE_SECRET, maxAge });
  (await cookies()).set(cookieName(sessionCookie), value, {
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(),
    path: '/',
    maxAge,
  });
}

/** The token that the browser holds, or null when there is none or it was not made here. */
export async function readSessionCookie(): Promise<string | null> {
  return openSessionCookie((await cookies()).get(cookieName(sessionCookie))?.value);
}

/** The same from the header of a request, where nothing of Next is at hand. */
export function readSessionCookieIn(header: string | null | undefined): Promise<string | null> {
  const start = `${cookieName(sessionCookie)}=`;
  const pair = header?.split(';').findLast((part) => part.trimStart().startsWith(start));
  return openSessionCookie(pair?.trim().slice(start.length));
}

async function openSessionCookie(value: string | undefined): Promise<string | null> {
  if (!value?.startsWith(head)) return null;
  const content = await openCookie(value);
  // `decode` looks at the end as well, but only the first time; the session's own row holds the end that counts.
  return content && content.endsAt > Date.now() ? content.token : null;
}

/** As `encode` begins. `decode` reads any algorithm of its library that goes with our key; we read the one that we write. */
const head = `${Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url')}.`;

type Opened = { token: string; endsAt: number };

/** To open a cookie costs as much as a query, and gives the same each time. */
const openCookie = rememberOpened(2_000, async (value): Promise<Opened | null> => {
  const content = await decode({ token: value, secret: env().TREDE_SECRET }).catch(() => null);
  if (typeof content?.session !== 'string' || typeof content.exp !== 'number') return null;
  return { token: content.session, endsAt: content.exp * 1000 };
});

export async function clearSessionCookie() {
  (await cookies()).set(cookieName(sessionCookie), '', {
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(),
    path: '/',
    maxAge: 0,
  });
}

const outCookie = 'trede-out';

/** Marks that this browser has just signed out, so that the page after it may clear the device. */
export async function markSignedOut() {
  const where = { httpOnly: true, sameSite: 'strict', secure: isSecure(), path: '/' } as const;
  (await cookies()).set(cookieName(outCookie), '1', { ...where, maxAge: 60 });
}

/** An address alone proves nothing: whoever is sent a link must not lose what their device still holds. */
export async function hasJustSignedOut(): Promise<boolean> {
  return (await cookies()).get(cookieName(outCookie))?.value === '1';
}
