export const locales = ['nl', 'en'] as const;
export type Locale = (typeof locales)[number];

export const localeCookie = 'trede-locale';
/** Terms, dates and times are Dutch, wherever the server or the reader is. */
export const timeZone = 'Europe/Amsterdam';

/** Dutch unless the reader chose English. */
export const localeOf = (value: string | undefined): Locale => (value === 'en' ? 'en' : 'nl');
