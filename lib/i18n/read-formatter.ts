import 'server-only';
import { createFormatter } from 'next-intl';
import { languages } from './dates.ts';
import { type Locale, timeZone } from './locale.ts';
import { readLocale } from './read-locale.ts';

/** Writes dates, times and numbers in the reader's language, as they are written in Europe, in Dutch time. */
export async function readFormatter() {
  // The type knows the two languages of the messages; how they are written in Europe is for Intl alone.
  const written = languages[await readLocale()] as Locale;
  return createFormatter({ locale: written, timeZone });
}
