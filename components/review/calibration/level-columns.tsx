import { getLocale, getTranslations } from 'next-intl/server';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Table } from '#components/ui/table.tsx';
import { type Fraction, round1HalfUp, toNumber } from '#domain/fraction.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { Calibration } from '#services/reviews/get-calibration.ts';

type Section = Calibration['sections'][number] & { mean: Fraction };
type Sections = { sections: readonly Section[] };

const width = 28;
const tallest = 64;

/** Where the computed scores of each section lie: a column a level, the mean, how many ended elsewhere, and the table. */
export async function LevelColumns({ sections: all }: { sections: Calibration['sections'] }) {
  const [t, locale] = await Promise.all([getTranslations('calibration'), getLocale().then(localeOf)]);
  const sections = all.flatMap(({ mean, ...section }) => (mean ? [{ ...section, mean }] : []));
  if (sections.length === 0) return <p>{t('noSections')}</p>;
  return (
    <>
      <ol className="columns">
        {sections.map((section) => (
          <li key={section.sectionKey}>
            <Columns section={section} />
            <p className="columns-name">
              <b>{section.sectionKey}</b> {section.title[locale]}
            </p>
            <p className="meta">
              {t('mean', { mean: round1HalfUp(section.mean, locale) })},{' '}
              {t('insurersOf', { insurers: section.insurers })}, {t('changed', { changed: section.changed })}
            </p>
            {section.claims && (
              <p className="meta">
                {t('claims', {
                  lower: section.claims.lower,
                  higher: section.claims.higher,
                  mean: round1HalfUp(section.claims.mean, locale),
                })}
              </p>
            )}
          </li>
        ))}
      </ol>
      <p className="legend meta">
        <span>
          <svg width="22" height="12" viewBox="0 0 22 12" aria-hidden="true">
            <rect className="st-fill" width="22" height="12" />
          </svg>
          {t('legendBar')}
        </span>
        <span>
          <svg width="4" height="16" viewBox="0 0 4 16" aria-hidden="true">
            <line className="st-sector" x1="2" y1="0" x2="2" y2="16" />
          </svg>
          {t('legendMean')}
        </span>
      </p>
      <Disclosure summary={t('asTable')}>
        <LevelTable sections={sections} />
      </Disclosure>
    </>
  );
}

/** Hidden from assistive technology: the words under it and the table say the same. */
function Columns({ section: { levels, mean } }: { section: Section }) {
  const most = Math.max(...levels);
  const at = (toNumber(mean) - 1) * (width + 4) + width / 2;
  return (
    <svg className="columns-drawing" viewBox={`0 0 ${5 * (width + 4)} ${tallest + 40}`} aria-hidden="true">
      {levels.map((insurers, place) => {
        const height = Math.max(1, (insurers / most) * tallest);
        const x = place * (width + 4);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its level
          <g key={place}>
            <rect className="st-fill" x={x} y={tallest + 16 - height} width={width} height={height} />
            {insurers > 0 && (
              <text className="st-label" {...besideMean(x + width / 2, at)} y={tallest + 11 - height}>
                {insurers}
              </text>
            )}
            <text className="st-number" x={x + width / 2} y={tallest + 35} textAnchor="middle">
              {place + 1}
            </text>
          </g>
        );
      })}
      <line className="st-sector-halo" x1={at} y1="0" x2={at} y2={tallest + 16} />
      <line className="st-sector" x1={at} y1="0" x2={at} y2={tallest + 16} />
    </svg>
  );
}

/** Over the middle of its column; beside the line of the mean where that would cross it. */
function besideMean(middle: number, mean: number) {
  if (Math.abs(middle - mean) > 8) return { x: middle, textAnchor: 'middle' } as const;
  return mean >= middle
    ? ({ x: mean - 5, textAnchor: 'end' } as const)
    : ({ x: mean + 5, textAnchor: 'start' } as const);
}

async function LevelTable({ sections }: Sections) {
  const [t, locale] = await Promise.all([getTranslations('calibration'), getLocale().then(localeOf)]);
  return (
    <Table label={t('sections')} tight>
      <caption className="vh">{t('sectionsCaption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('section')}</th>
          {[1, 2, 3, 4, 5].map((level) => (
            <th key={level} scope="col" className="r">
              {t('levelHead', { level })}
            </th>
          ))}
          <th scope="col" className="r">
            {t('meanHead')}
          </th>
          <th scope="col" className="r">
            {t('changedHead')}
          </th>
          <th scope="col" className="r">
            {t('lowerHead')}
          </th>
          <th scope="col" className="r">
            {t('higherHead')}
          </th>
          <th scope="col" className="r">
            {t('differenceHead')}
          </th>
        </tr>
      </thead>
      <tbody>
        {sections.map(({ sectionKey, title, levels, mean, changed, claims }) => (
          <tr key={sectionKey}>
            <th scope="row">
              {sectionKey} {title[locale]}
            </th>
            {levels.map((insurers, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its level
              <td key={place} className="r">
                {insurers}
              </td>
            ))}
            <td className="r">{round1HalfUp(mean, locale)}</td>
            <td className="r">{changed}</td>
            <td className="r">{claims ? claims.lower : '–'}</td>
            <td className="r">{claims ? claims.higher : '–'}</td>
            <td className="r">{claims ? round1HalfUp(claims.mean, locale) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
