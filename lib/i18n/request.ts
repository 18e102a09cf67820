import { cookies } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { cookieName } from '#lib/env.ts';
import { localeCookie, localeOf, timeZone } from './locale.ts';
import { messages } from './messages.ts';

export default getRequestConfig(async () => {
  const locale = localeOf((await cookies()).get(cookieName(localeCookie))?.value);
  return { locale, messages: messages[locale], timeZone };
});
