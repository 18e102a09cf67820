import { getLocale, getTranslations } from 'next-intl/server';
import { Table } from '#components/ui/table.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import { sectorSentences } from '#lib/i18n/sector-sentences.ts';
import type { SectorReport } from '#services/sector/read-sector-report.ts';
import { figureName } from './sector-view.ts';

const steps = [1, 2, 3, 4, 5] as const;
const step = 26;
const tall = 44;

/** How many insurers stand on each step of a section: a picture and, beside it, its numbers. */
export async function LevelSpread({ report }: { report: SectorReport }) {
  const [t, words, locale] = await Promise.all([
    getTranslations('sector.levels'),
    getTranslations('sector.figures'),
    getLocale().then(localeOf),
  ]);
  const spread = report.figures.flatMap(({ key, levels }) => (levels ? [{ key, levels }] : []));
  if (spread.length === 0) return <p>{t('none')}</p>;
  const most = Math.max(1, ...spread.flatMap(({ levels }) => levels));
  const sentence = sectorSentences(report, locale).levels;
  return (
    <>
      {sentence !== '' && <p className="plain-text">{sentence}</p>}
      <div className="stacks">
        <Table label={t('table')} tight>
          <thead>
            <tr>
              <th scope="col" colSpan={2}>
                {words('section')}
              </th>
              {steps.map((level) => (
                <th scope="col" className="r" key={level}>
                  {t('level', { level })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {spread.map(({ key, levels }) => (
              <tr key={key}>
                <th scope="row">{figureName(report, key, locale, '')}</th>
                <td>
                  <LevelBars levels={levels} most={most} />
                </td>
                {steps.map((level) => (
                  <td className="r" key={level} data-label={t('level', { level })}>
                    {levels[level - 1]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </>
  );
}

/** Bars on a common scale, one a level; the numbers stand beside it. */
function LevelBars({ levels, most }: { levels: readonly number[]; most: number }) {
  const high = (count: number) => Math.round((count / most) * (tall - 4));
  return (
    <svg className="bars" width={5 * step} height={tall} viewBox={`0 0 ${5 * step} ${tall}`} aria-hidden="true">
      {steps.map((level) => (
        <rect
          className="st-fill"
          key={level}
          x={(level - 1) * step + 2}
          y={tall - 1 - high(levels[level - 1] ?? 0)}
          width={step - 6}
          height={high(levels[level - 1] ?? 0)}
        />
      ))}
      <line className="st-open" strokeWidth={1} x1={0} y1={tall - 0.5} x2={5 * step} y2={tall - 0.5} />
    </svg>
  );
}
