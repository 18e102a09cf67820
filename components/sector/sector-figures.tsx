import { getLocale, getTranslations } from 'next-intl/server';
import { Table } from '#components/ui/table.tsx';
import { isUnchanged, type SectorFigureView } from '#domain/sector.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import { sectorSentences } from '#lib/i18n/sector-sentences.ts';
import type { SectorReport } from '#services/sector/read-sector-report.ts';
import { MeanScale } from './mean-scale.tsx';
import { figureName, writeChange, writeMean } from './sector-view.ts';

/** The means of a release with what stands behind them and how they changed since the last round. */
export async function SectorFigures({ report }: { report: SectorReport }) {
  const [t, words, locale, format] = await Promise.all([
    getTranslations('sector.figures'),
    getTranslations('sector'),
    getLocale().then(localeOf),
    readFormatter(),
  ]);
  const { figures, before } = report;
  const changed = (figure: SectorFigureView) => {
    const change = writeChange(figure, locale);
    if (figure.normChanged) return t('normChanged');
    if (!change || !figure.before) return '–';
    return t(isUnchanged(figure) ? 'changeNone' : 'changeFrom', { change, before: writeMean(figure.before, locale) });
  };
  return (
    <>
      <p className="plain-text">{sectorSentences(report, locale).figures}</p>
      <div className="stacks">
        <Table label={t('title')} tight>
          <thead>
            <tr>
              <th scope="col">{t('section')}</th>
              <th scope="col" colSpan={2} className="r">
                {t('mean')}
              </th>
              <th scope="col" className="r">
                {t('insurers')}
              </th>
              <th scope="col" className="r">
                {t('spread')}
              </th>
              {before && (
                <th scope="col" className="r">
                  {t('change', { round: before.name })}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {figures.map((figure) => (
              <tr key={figure.key}>
                <th scope="row">{figureName(report, figure.key, locale, t('total'))}</th>
                <td>{figure.mean && <MeanScale mean={figure.mean} before={before && figure.before} />}</td>
                <td className="r" data-label={t('mean')}>
                  {figure.mean ? writeMean(figure.mean, locale) : words('tooFew')}
                  {figure.computedIn && (
                    <span className="under-word">{t('takenOver', { number: figure.computedIn })}</span>
                  )}
                </td>
                <td className="r" data-label={t('insurers')}>
                  {figure.insurers ?? '–'}
                </td>
                <td className="r" data-label={t('spread')}>
                  {figure.spread === null
                    ? '–'
                    : format.number(figure.spread, { maximumFractionDigits: 1, minimumFractionDigits: 1 })}
                </td>
                {before && (
                  <td className="r" data-label={t('change', { round: before.name })}>
                    {changed(figure)}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      <p className="meta">{before ? t('scaleBefore', { round: before.name }) : t('scale')}</p>
      {!before && <p className="meta">{t('noChange')}</p>}
    </>
  );
}
