import { getLocale, getTranslations } from 'next-intl/server';

/** In which sections somebody may answer who accepts an invitation. */
export async function InvitedSections({ keys }: { keys: readonly string[] }) {
  const [t, locale] = await Promise.all([getTranslations('team.limit'), getLocale()]);
  return <p>{t('invited', { count: keys.length, sections: new Intl.ListFormat(locale).format(keys) })}</p>;
}
