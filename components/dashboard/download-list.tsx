import { getLocale, getTranslations } from 'next-intl/server';
import { formatDay } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { Dashboard } from '#services/publications/get-dashboard.ts';

type DownloadListProps = { dashboard: Pick<Dashboard, 'shown' | 'may'> };

const files = [
  ['board', 'board.pdf'],
  ['complete', 'complete.pdf'],
  ['own', 'own.pdf'],
  ['sheet', 'answers.xlsx'],
  ['table', 'answers.csv'],
  ['data', 'publication.json'],
  ['dossier', 'dossier'],
] as const;

/** The files of an outcome that its reader may take along. */
export async function DownloadList({ dashboard: { shown, may } }: DownloadListProps) {
  const [t, locale] = await Promise.all([getTranslations('downloads'), getLocale().then(localeOf)]);
  const offered = files.filter(
    ([name]) => (name !== 'own' || may.publishItself) && (name !== 'dossier' || may.takeDossier),
  );
  return (
    <>
      <p>{t('explained', { edition: shown.edition, date: formatDay(new Date(shown.publishedAt), locale) })}</p>
      <ul className="downloads">
        {offered.map(([name, file]) => (
          <li key={name}>
            <a href={`/api/publications/${shown.id}/${file}`} download>
              {t(name)}
            </a>
            <p className="meta">
              {t(`${name}Why`)}{' '}
              {name === 'data' && (
                <a href="/schemas/trede-publication-1.json" download>
                  {t('schema')}
                </a>
              )}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
