import { type Locale, timeZone } from './locale.ts';

/** "22 november 2026". @param day an instant, or a calendar day `YYYY-MM-DD` */
export function formatDay(day: Date | string, locale: Locale): string {
  const instant = typeof day === 'string' ? new Date(`${day}T12:00:00Z`) : day;
  return new Intl.DateTimeFormat(languages[locale], { dateStyle: 'long', timeZone }).format(instant);
}

/** "14:02". */
export function formatTime(instant: Date, locale: Locale): string {
  return new Intl.DateTimeFormat(languages[locale], { hour: '2-digit', minute: '2-digit', timeZone }).format(instant);
}

/** "14 december 2026, 23:59". */
export function formatMoment(instant: Date, locale: Locale): string {
  return `${formatDay(instant, locale)}, ${formatTime(instant, locale)}`;
}

/** English as it is written in Europe: day before month, 24 hours. */
export const languages: Record<Locale, string> = { nl: 'nl-NL', en: 'en-GB' };
