import { getLocale, getTranslations } from 'next-intl/server';
import { localeOf } from '#lib/i18n/locale.ts';
import { changeList, type EarlierVersion } from './change-list.ts';

type FrameworkChangesProps = {
  earlier: readonly EarlierVersion[];
  /** The version of the round that is shown. */
  shown: string;
  edition: (ref: string) => string;
};

/** What changed in the framework since each earlier version, criterion by criterion, each where it can be read. */
export async function FrameworkChanges({ earlier, shown, edition }: FrameworkChangesProps) {
  const [t, locale] = await Promise.all([getTranslations('dashboard.rounds'), getLocale().then(localeOf)]);
  return changeList(earlier, shown).map(({ framework, sections }) => (
    <div key={framework} className="changes">
      <h3>{t('changesTitle', { framework: edition(framework) })}</h3>
      <ul className="told-list">
        {sections.map(({ section, comparable, criteria }) => (
          <li key={section}>
            <b>{t('change', { section, standing: t(comparable ? 'declared' : 'notCompared') })}</b>
            <ul>
              {criteria.map(({ kind, key, short, ref }) => (
                <li key={key}>
                  {t(kind)}{' '}
                  <a href={`/frameworks/${encodeURIComponent(ref)}#${key}`}>
                    {key} {short[locale]}
                  </a>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  ));
}
