import { getTranslations } from 'next-intl/server';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Table } from '#components/ui/table.tsx';
import { responses } from '#domain/answers.ts';
import type { Calibration } from '#services/reviews/get-calibration.ts';

/** How each reviewer judges a criterion beside what the insurers said on it, as a table behind a fold. */
export async function CriterionReviewers({ criteria }: { criteria: Calibration['criteria'] }) {
  const t = await getTranslations('calibration');
  const rows = criteria.flatMap(({ criterionKey, reviewers }) =>
    reviewers.map((share) => ({ ...share, criterionKey })),
  );
  if (rows.length === 0) return null;
  return (
    <Disclosure summary={t('byReviewer')}>
      <Table label={t('byReviewer')} tight>
        <caption className="vh">{t('byReviewerCaption')}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {t('criterion')}
            </th>
            <th scope="col" rowSpan={2}>
              {t('reviewer')}
            </th>
            <th scope="colgroup" colSpan={3}>
              {t('saidHead')}
            </th>
            <th scope="colgroup" colSpan={3}>
              {t('judgedHead')}
            </th>
            <th scope="colgroup" colSpan={2}>
              {t('overridden')}
            </th>
          </tr>
          <tr>
            {(['said', 'judged'] as const).flatMap((kind) =>
              responses.map((response) => (
                <th key={`${kind}-${response}`} scope="col" className="r">
                  {t(`responses.${response}`)}
                </th>
              )),
            )}
            <th scope="col" className="r">
              {t('beside.lower')}
            </th>
            <th scope="col" className="r">
              {t('beside.higher')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ criterionKey, reviewer, claimed, judged, lower, higher }) => (
            <tr key={`${criterionKey}-${reviewer}`}>
              <th scope="row">{criterionKey}</th>
              <td>{reviewer}</td>
              {Object.entries({ claimed, judged }).flatMap(([kind, tally]) =>
                responses.map((response) => (
                  <td key={`${kind}-${response}`} className="r">
                    {tally[response]}
                  </td>
                )),
              )}
              <td className="r">{lower}</td>
              <td className="r">{higher}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Disclosure>
  );
}
