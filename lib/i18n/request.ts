import { cookies } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { localeCookie, localeOf, timeZone } from './locale.ts';
import { messages } from './messages.ts';

export default getRequestConfig(async () => {
  const locale = localeOf((await cookies()).get(localeCookie)?.value);
  return { locale, messages: messages[locale], timeZone };
});
