import { getLocale, getTranslations } from 'next-intl/server';
import { keepHyphens } from '#components/ui/keep-hyphens.tsx';
import type { LocalizedText } from '#domain/framework.ts';
import { localeOf } from '#lib/i18n/locale.ts';

type NormWordsProps = {
  text: LocalizedText;
  /** What stands before it, in the page's own words. */
  before?: string | undefined;
  quoted?: boolean;
  className?: string | undefined;
};

/** Words of the norm: always the Dutch, which holds; beside it, for who reads English, our courtesy translation. */
export async function NormWords({ text, before, quoted = false, className }: NormWordsProps) {
  const [t, locale] = await Promise.all([getTranslations('dashboard'), getLocale().then(localeOf)]);
  const foreign = locale !== 'nl';
  const lang = foreign ? 'nl' : undefined;
  const words = keepHyphens(text.nl);
  return (
    <>
      <p className={className}>
        {before}
        {before && ' '}
        {quoted ? <q lang={lang}>{words}</q> : <span lang={lang}>{words}</span>}
      </p>
      {foreign && (
        <p className="meta">
          {t('courtesy')} {text.en}
        </p>
      )}
    </>
  );
}
