import { getLocale, getTranslations } from 'next-intl/server';
import { Table } from '#components/ui/table.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import { sectorSentences } from '#lib/i18n/sector-sentences.ts';
import type { SectorReport } from '#services/sector/read-sector-report.ts';

const wide = 160;

/** What keeps most insurers from their next score, most often first. */
export async function MissedCriteria({ report }: { report: SectorReport }) {
  const [t, locale] = await Promise.all([getTranslations('sector.missed'), getLocale().then(localeOf)]);
  const { missed, criteria, texts } = report;
  if (missed.length === 0) return <p>{t('none')}</p>;
  return (
    <>
      <p className="plain-text">{sectorSentences(report, locale).missed}</p>
      <div className="stacks">
        <Table label={t('title')} tight>
          <thead>
            <tr>
              <th scope="col">{t('criterion')}</th>
              <th scope="col">{t('share')}</th>
            </tr>
          </thead>
          <tbody>
            {missed.map((key) => {
              const counts = criteria.find((one) => one.key === key)?.counts;
              const share = counts ? counts.missing / counts.insurers : 0;
              return (
                <tr key={key}>
                  <th scope="row">
                    {key}{' '}
                    <span className="under-word">{texts.criteria.find((one) => one.key === key)?.short[locale]}</span>
                  </th>
                  <td>
                    <svg className="bars" width={wide} height={14} viewBox={`0 0 ${wide} 14`} aria-hidden="true">
                      <rect className="st-open" strokeWidth={1} x={0.5} y={1.5} width={wide - 1} height={11} />
                      <rect className="st-fill" x={0} y={1} width={Math.round(share * wide)} height={12} />
                    </svg>
                    {counts && t('of', { count: counts.missing, insurers: counts.insurers })}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      </div>
    </>
  );
}
