import { createTranslator } from 'next-intl';
import type { PublicationContent } from '#domain/snapshot.ts';
import { formatDay } from '#lib/i18n/dates.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';

/** How the hearing ended, in a sentence or two: silence, agreement, or what was objected to. Empty where it is not told. */
export function hearingWords(
  { hearing, sections, organisation }: Pick<PublicationContent, 'hearing' | 'sections' | 'organisation'>,
  locale: Locale,
): string {
  if (!hearing) return '';
  const t = createTranslator({ locale, messages: messages[locale], namespace: 'dashboard.heard' });
  const keys = sections.flatMap(({ key, hearing: said }) => (said ? [key] : []));
  const objected = { count: keys.length, sections: new Intl.ListFormat(locale).format(keys) };
  const sent = formatDay(new Date(hearing.sentAt), locale);
  if (hearing.respondedAt === null) {
    const silence = t('silent', { sent, term: formatDay(new Date(hearing.termAt), locale) });
    return keys.length > 0 ? `${silence} ${t('objectedBefore', objected)}` : silence;
  }
  const date = formatDay(new Date(hearing.respondedAt), locale);
  return keys.length > 0
    ? t('objected', { ...objected, date })
    : t('agreed', { date, organisation: organisation.name });
}
