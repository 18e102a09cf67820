import 'server-only';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { env } from '#lib/env.ts';
import { localeCookie, localeOf } from '#lib/i18n/locale.ts';
import { sitePath } from './home.ts';

const year = 365 * 24 * 3600;

/** Keeps the reader's language and comes back to the page. The form names the page; only a path of this site counts. */
export async function submitLocale(form: FormData): Promise<never> {
  const secure = env().TREDE_ORIGIN.startsWith('https:');
  const locale = localeOf(String(form.get('locale') ?? ''));
  (await cookies()).set(localeCookie, locale, { path: '/', maxAge: year, sameSite: 'lax', secure, httpOnly: true });
  redirect(sitePath(form.get('returnTo')) ?? '/');
}
