import { getLocale, getTranslations } from 'next-intl/server';
import { UnitChart } from '#components/score/unit-chart.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Table } from '#components/ui/table.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { responses } from '#domain/answers.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { Calibration } from '#services/reviews/get-calibration.ts';

type Criteria = { criteria: Calibration['criteria'] };

/** Criteria that stand open; those that were overridden less stand behind a fold. */
const shown = 10;
/** A block an insurer, as long as they can be seen apart; the numbers say the same. */
const mostBlocks = 40;

/** Verdicts per criterion, those overridden most on top. */
export async function CriteriaTable({ criteria }: Criteria) {
  const t = await getTranslations('calibration');
  const rest = criteria.slice(shown);
  return (
    <>
      <Rows criteria={criteria.slice(0, shown)} label={t('criteria')} />
      {rest.length > 0 && (
        <Disclosure summary={t('allCriteria', { count: rest.length })}>
          <Rows criteria={rest} label={t('allCriteria', { count: rest.length })} />
        </Disclosure>
      )}
    </>
  );
}

async function Rows({ criteria, label }: Criteria & { label: string }) {
  const [t, locale] = await Promise.all([getTranslations('calibration'), getLocale().then(localeOf)]);
  return (
    <div className="stacks">
      <Table label={label}>
        <thead>
          <tr>
            <th scope="col">{t('criterion')}</th>
            <th scope="col">{t('verdicts')}</th>
            <th scope="col" className="r">
              {t('overridden')}
            </th>
            <th scope="col">{t('ground')}</th>
            <th scope="col">{t('notable')}</th>
          </tr>
        </thead>
        <tbody>
          {criteria.map(({ criterionKey, short, verdicts, byResponse, overridden, ground, apart }) => (
            <tr key={criterionKey}>
              <th scope="row">
                {criterionKey}
                <span className="under-word">{short[locale]}</span>
              </th>
              <td data-label={t('verdicts')}>
                {verdicts <= mostBlocks && (
                  <UnitChart
                    groups={responses
                      .filter((response) => byResponse[response] > 0)
                      .map((response) => ({
                        key: response,
                        blocks: Array.from({ length: byResponse[response] }, () => response),
                      }))}
                  />
                )}
                <span className="under-word">
                  {t('counts', { met: byResponse.met, partly: byResponse.partly, notMet: byResponse.not_met })}
                </span>
              </td>
              <td className="r" data-label={t('overridden')}>
                {t.rich('overriddenOf', { overridden, verdicts, b: (words) => <b>{words}</b> })}
              </td>
              <td data-label={t('ground')}>{ground ? `${t(`grounds.${ground.ground}`)} ${ground.verdicts}` : '–'}</td>
              <td data-label={t('notable')}>
                {apart && (
                  <Tag kind="attention">
                    {t('apartText', {
                      more: apart.more.reviewer,
                      moreOverridden: apart.more.overridden,
                      moreVerdicts: apart.more.verdicts,
                      less: apart.less.reviewer,
                      lessOverridden: apart.less.overridden,
                      lessVerdicts: apart.less.verdicts,
                    })}
                  </Tag>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
