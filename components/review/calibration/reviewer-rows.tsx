import { getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import { Table } from '#components/ui/table.tsx';
import type { Calibration } from '#services/reviews/get-calibration.ts';

/** How often each reviewer judges otherwise than was claimed, and in which direction; by code. */
export async function ReviewerRows({ reviewers }: Pick<Calibration, 'reviewers'>) {
  const t = await getTranslations('calibration');
  const per100 = (count: number, all: number) => Math.round((100 * count) / Math.max(1, all));
  return (
    <Band id="reviewers" title={t('reviewers')} meta={t('reviewersMeta')}>
      <Table label={t('reviewers')} tight>
        <thead>
          <tr>
            <th scope="col">{t('code')}</th>
            <th scope="col" className="r">
              {t('casesHead')}
            </th>
            <th scope="col" className="r">
              {t('verdicts')}
            </th>
            <th scope="col">{t('per100')}</th>
            <th scope="col">{t('direction')}</th>
            <th scope="col">{t('changed')}</th>
          </tr>
        </thead>
        <tbody>
          {reviewers.map((row) => (
            <tr key={row.code}>
              <th scope="row">{row.code === 'me' ? t('you') : row.code}</th>
              <td className="r">{row.cases}</td>
              <td className="r">{row.verdicts}</td>
              <td>
                <svg className="per100" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect className="st-fill" width={per100(row.raised + row.lowered, row.verdicts)} height="10" />
                </svg>{' '}
                {per100(row.raised + row.lowered, row.verdicts)}
              </td>
              <td>{t('directionText', row)}</td>
              <td>{t('directionText', { lowered: row.determinedLowered, raised: row.determinedRaised })}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Band>
  );
}
