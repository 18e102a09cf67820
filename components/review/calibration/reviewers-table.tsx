import { getTranslations } from 'next-intl/server';
import { Table } from '#components/ui/table.tsx';
import type { Tally } from '#domain/calibration.ts';
import type { Calibration } from '#services/reviews/get-calibration.ts';

type ReviewersTableProps = { calibration: Pick<Calibration, 'reviewers' | 'own'> };

/** How often each reviewer overrides, and in which direction; codes, no names. */
export async function ReviewersTable({ calibration: { reviewers, own } }: ReviewersTableProps) {
  const t = await getTranslations('calibration');
  const most = Math.max(1, ...reviewers.map(({ overridden, verdicts }) => per100(overridden, verdicts)));
  return (
    <div className="stacks">
      <Table label={t('reviewers')}>
        <caption className="vh">{t('reviewersCaption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('reviewer')}</th>
            <th scope="col" className="r">
              {t('verdicts')}
            </th>
            <th scope="col">{t('saidAndJudged')}</th>
            <th scope="col">{t('per100')}</th>
            <th scope="col">{t('direction')}</th>
            <th scope="col" className="r">
              {t('changedHead')}
            </th>
          </tr>
        </thead>
        <tbody>
          {reviewers.map(({ reviewer, verdicts, claimed, judged, overridden, higher, lower, changed }) => (
            <tr key={reviewer}>
              <th scope="row">{reviewer === own ? t('own', { code: reviewer }) : reviewer}</th>
              <td className="r" data-label={t('verdicts')}>
                {verdicts}
              </td>
              <td data-label={t('saidAndJudged')}>
                <div>
                  <span className="under-word">{t('said', countsOf(claimed))}</span>
                  <span className="under-word">{t('found', countsOf(judged))}</span>
                </div>
              </td>
              <td data-label={t('per100')}>
                <span>
                  <Bar share={per100(overridden, verdicts) / most} /> {per100(overridden, verdicts)}
                </span>
              </td>
              <td data-label={t('direction')}>
                {t('directionText', { lower: per100(lower, verdicts), higher: per100(higher, verdicts) })}
              </td>
              <td className="r" data-label={t('changedHead')}>
                {changed}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

/** Drawn beside the longest of its column, from 0 to 1. The number stands beside it. */
function Bar({ share }: { share: number }) {
  return (
    <svg className="share" viewBox="0 0 100 12" width="100" height="12" aria-hidden="true">
      <rect className="st-fill" width={Math.max(1, 100 * share)} height="12" />
    </svg>
  );
}

const countsOf = ({ met, partly, not_met: notMet }: Tally) => ({ met, partly, notMet });
const per100 = (some: number, all: number) => (all === 0 ? 0 : Math.round((100 * some) / all));
