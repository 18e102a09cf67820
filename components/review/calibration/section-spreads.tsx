import { getLocale, getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Table } from '#components/ui/table.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { Calibration } from '#services/reviews/get-calibration.ts';
import { LevelSpread } from './level-spread.tsx';

/** How the computed scores of each section lie, drawn and as a table. */
export async function SectionSpreads({ sections }: Pick<Calibration, 'sections'>) {
  const [t, format, locale] = await Promise.all([
    getTranslations('calibration'),
    readFormatter(),
    getLocale().then(localeOf),
  ]);
  const mean = (value: number) => format.number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  if (sections.length === 0) {
    return (
      <Band id="sections" title={t('sections')}>
        <p>{t('sectionsNone')}</p>
      </Band>
    );
  }
  return (
    <Band id="sections" title={t('sections')} meta={t('sectionsMeta')}>
      <ul className="spreads">
        {sections.map(({ key, title, levels, mean: middle, raised, lowered }) => (
          <li key={key}>
            <LevelSpread levels={levels} mean={middle} />
            <h3 className="h3">
              {key} {title[locale]}
            </h3>
            <p className="meta">
              {t('meanText', { mean: mean(middle) })}, {t('otherwise', { count: raised + lowered })}
            </p>
          </li>
        ))}
      </ul>
      <Disclosure summary={t('table')}>
        <Table label={t('sections')} tight>
          <thead>
            <tr>
              <th scope="col">{t('section')}</th>
              {[1, 2, 3, 4, 5].map((level) => (
                <th scope="col" className="r" key={level}>
                  {t('level', { level })}
                </th>
              ))}
              <th scope="col" className="r">
                {t('mean')}
              </th>
              <th scope="col" className="r">
                {t('raised')}
              </th>
              <th scope="col" className="r">
                {t('lowered')}
              </th>
            </tr>
          </thead>
          <tbody>
            {sections.map(({ key, title, levels, mean: middle, raised, lowered }) => (
              <tr key={key}>
                <th scope="row">
                  {key} {title[locale]}
                </th>
                {levels.map((count, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place
                  <td className="r" key={index}>
                    {count}
                  </td>
                ))}
                <td className="r">{mean(middle)}</td>
                <td className="r">{raised}</td>
                <td className="r">{lowered}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Disclosure>
    </Band>
  );
}
