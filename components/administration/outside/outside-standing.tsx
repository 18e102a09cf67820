import { getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import { Table } from '#components/ui/table.tsx';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { OutsideResultsPage } from '#services/reviews/get-outside-results.ts';

/** What was taken in so far, by whom and when, and which insurers have no result. */
export async function OutsideStanding({ page }: { page: OutsideResultsPage }) {
  const [t, format] = await Promise.all([getTranslations('outside'), readFormatter()]);
  const { participants, without, imports } = page;
  return (
    <>
      <Band id="standing" title={t('standing')}>
        <p>{t('coverage', { covered: participants - without.count, participants })}</p>
        {without.count > 0 && (
          <p>
            {t('selfDeclare')} {without.insurers.map(({ name }) => name).join(', ')}
            {without.count > without.insurers.length && ', …'}
          </p>
        )}
      </Band>
      <Band id="imports" title={t('imports')} meta={t('importsMeta')}>
        {imports.length === 0 ? (
          <p>{t('noImports')}</p>
        ) : (
          <div className="stacks">
            <Table label={t('imports')} tight>
              <thead>
                <tr>
                  <th scope="col">{t('at')}</th>
                  <th scope="col">{t('by')}</th>
                  <th scope="col">{t('source')}</th>
                  <th scope="col" className="r">
                    {t('insurers')}
                  </th>
                  <th scope="col" className="r">
                    {t('results')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {imports.map(({ at, by, source, insurers, results }) => (
                  <tr key={`${at} ${source}`}>
                    <th scope="row">{format.dateTime(new Date(at), { dateStyle: 'long', timeStyle: 'short' })}</th>
                    <td data-label={t('by')}>{by}</td>
                    <td data-label={t('source')}>{source}</td>
                    <td className="r" data-label={t('insurers')}>
                      {insurers}
                    </td>
                    <td className="r" data-label={t('results')}>
                      {results}
                    </td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </div>
        )}
      </Band>
    </>
  );
}
