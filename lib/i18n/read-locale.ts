import 'server-only';
import { getLocale } from 'next-intl/server';
import { type Locale, localeOf } from './locale.ts';

/** The reader's language. */
export async function readLocale(): Promise<Locale> {
  return localeOf(await getLocale());
}
