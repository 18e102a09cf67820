import 'server-only';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cookieName, env } from '#lib/env.ts';
import { localeCookie, localeOf } from '#lib/i18n/locale.ts';
import { isOwnOrigin } from './doors.ts';
import { sitePath } from './home.ts';

const year = 365 * 24 * 3600;

/**
 * Keeps the reader's language and comes back to the page. The browser says which one that is; the form names it too, but a
 * page that was drawn again by an action does not know its own address. Only a path of this site counts.
 */
export async function submitLocale(form: FormData): Promise<never> {
  const secure = env().TREDE_ORIGIN.startsWith('https:');
  const locale = localeOf(String(form.get('locale') ?? ''));
  (await cookies()).set(cookieName(localeCookie), locale, {
    path: '/',
    maxAge: year,
    sameSite: 'lax',
    secure,
    httpOnly: true,
  });
  redirect(pathOf((await headers()).get('referer')) ?? sitePath(form.get('returnTo')) ?? '/');
}

/** Path and search of an address of this site; null for any other. */
function pathOf(address: string | null): string | null {
  const url = URL.parse(address ?? '');
  if (!url || !isOwnOrigin(url.origin)) return null;
  return sitePath(`${url.pathname}${url.search}`);
}
