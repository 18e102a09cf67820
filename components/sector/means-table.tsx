import { getLocale, getTranslations } from 'next-intl/server';
import { Table } from '#components/ui/table.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import type { OpenFigure } from '#services/open-data/open-data-content.ts';

type MeansTableProps = { figures: readonly OpenFigure[]; number: number; label: string };

/** The averages as the public sees them: before they are made public, and after. */
export async function MeansTable({ figures, number, label }: MeansTableProps) {
  const [t, locale] = await Promise.all([getTranslations('sector.open'), getLocale().then(localeOf)]);
  return (
    <div className="stacks">
      <Table label={label} tight>
        <thead>
          <tr>
            <th scope="col">{t('section')}</th>
            <th scope="col" className="r">
              {t('mean')}
            </th>
            <th scope="col" className="r">
              {t('insurers')}
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.map(({ section, name, mean, insurers, computedInRelease }) => (
            <tr key={section ?? 'total'}>
              <th scope="row">{section ? `${section} ${name[locale]}` : t('total')}</th>
              <td className="r" data-label={t('mean')}>
                {mean ? written(mean, locale) : t('tooFew')}
                {computedInRelease !== null && computedInRelease !== number && (
                  <span className="under-word">{t('takenOver', { number: computedInRelease })}</span>
                )}
              </td>
              <td className="r" data-label={t('insurers')}>
                {insurers ?? '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

/** The file has a point in every language; a page has what its reader is used to. */
const written = (mean: string, locale: 'nl' | 'en') => (locale === 'nl' ? mean.replace('.', ',') : mean);
