import { getLocale, getTranslations } from 'next-intl/server';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { keepHyphens } from '#components/ui/keep-hyphens.tsx';
import { Table } from '#components/ui/table.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import type { Sector } from '#services/publications/dashboard-facts.ts';
import type { EarlierRound } from '#services/publications/earlier-rounds.ts';
import { beforeCell } from './before-cell.ts';
import type { DashboardView } from './dashboard-view.ts';

type FiguresTableProps = { view: DashboardView; earlier: readonly EarlierRound[]; sector: Sector | null };

const levels = [1, 2, 3, 4, 5] as const;

/** Every figure that the staircases draw, in words and numbers; and how the sector is spread, where enough stand behind it. */
export async function FiguresTable({ view, earlier, sector }: FiguresTableProps) {
  const [t, rounds, locale] = await Promise.all([
    getTranslations('dashboard.table'),
    getTranslations('dashboard.rounds'),
    getLocale().then(localeOf),
  ]);
  const words = { locale, notComparable: rounds('notComparable') };
  const counted = view.sections.filter(({ key }) => sector?.levelCounts[key]);
  return (
    <Disclosure summary={t('summary')}>
      <Table label={t('label')} tight>
        <thead>
          <tr>
            <th scope="col">{t('section')}</th>
            <th scope="col" className="r">
              {t('own')}
            </th>
            <th scope="col" className="r">
              {t('computed')}
            </th>
            <th scope="col" className="r">
              {t('determined')}
            </th>
            <th scope="col" className="r">
              {t('sector')}
            </th>
            {earlier.map(({ publicationId, name }) => (
              <th scope="col" className="r" key={publicationId}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.sections.map(({ key, title, own, computed, level, sector: mean }) => (
            <tr key={key}>
              <th scope="row">
                {key} {keepHyphens(title[locale])}
              </th>
              <td className="r">{own ?? '–'}</td>
              <td className="r">{computed ?? '–'}</td>
              <td className="r">{level ?? '–'}</td>
              <td className="r">{mean?.written ?? t(sector ? 'tooFew' : 'notYet')}</td>
              {earlier.map((round) => (
                <td className="r" key={round.publicationId}>
                  {beforeCell(round, key, words)}
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{t('total')}</th>
            <td className="r">{view.own?.written ?? '–'}</td>
            <td className="r">{view.computed?.written ?? '–'}</td>
            <td className="r">
              <b>{view.total?.written ?? '–'}</b>
            </td>
            <td className="r">{view.sector?.written ?? t(sector ? 'tooFew' : 'notYet')}</td>
            {earlier.map((round) => (
              <td className="r" key={round.publicationId}>
                {beforeCell(round, 'total', words)}
              </td>
            ))}
          </tr>
        </tbody>
      </Table>
      {counted.length > 0 && (
        <Table label={t('spreadLabel')} tight>
          <thead>
            <tr>
              <th scope="col">{t('spreadLabel')}</th>
              {levels.map((level) => (
                <th scope="col" className="r" key={level}>
                  {t('level', { level })}
                </th>
              ))}
              <th scope="col" className="r">
                {t('spread')}
              </th>
            </tr>
          </thead>
          <tbody>
            {counted.map(({ key, title }) => (
              <tr key={key}>
                <th scope="row">
                  {key} {keepHyphens(title[locale])}
                </th>
                {levels.map((level) => (
                  <td className="r" key={level}>
                    {sector?.levelCounts[key]?.[level - 1] ?? 0}
                  </td>
                ))}
                <td className="r">{sector?.spreads[key]?.toLocaleString(locale, oneDecimal) ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Disclosure>
  );
}

const oneDecimal = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
