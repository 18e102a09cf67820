import { getLocale, getTranslations } from 'next-intl/server';
import { UnitChart } from '#components/score/unit-chart.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Table } from '#components/ui/table.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { responses } from '#domain/answers.ts';
import type { Tally } from '#domain/calibration.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { Calibration } from '#services/reviews/get-calibration.ts';
import { TellingCases } from './telling-cases.tsx';

type Criteria = { criteria: Calibration['criteria'] };

/** Criteria that stand open; the rest stands behind a fold. */
const shown = 10;
/** A block an insurer, as long as they can be seen apart; the numbers say the same. */
const mostBlocks = 30;

/** What insurers said and what was found per criterion, outliers on top, with the cases. */
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
        <caption className="vh">{t('criteriaCaption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('criterion')}</th>
            <th scope="col">{t('claimedAnswers')}</th>
            <th scope="col">{t('verdicts')}</th>
            <th scope="col" className="r">
              {t('overridden')}
            </th>
            <th scope="col">{t('notable')}</th>
          </tr>
        </thead>
        <tbody>
          {criteria.map((criterion) => {
            const { criterionKey, short, claimed, judged, verdicts, overridden, ground, apart, outlying } = criterion;
            return (
              <tr key={criterionKey}>
                <th scope="row">
                  {criterionKey}
                  <span className="under-word">{short[locale]}</span>
                </th>
                <td data-label={t('claimedAnswers')}>
                  <Blocks tally={claimed} />
                </td>
                <td data-label={t('verdicts')}>
                  <Blocks tally={judged} />
                </td>
                <td className="r" data-label={t('overridden')}>
                  <span>{t.rich('overriddenOf', { overridden, verdicts, b: (words) => <b>{words}</b> })}</span>
                </td>
                <td data-label={ground ? t('notable') : undefined}>
                  <div>
                    {apart ? (
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
                    ) : (
                      outlying && <Tag kind="attention">{t('halfText')}</Tag>
                    )}
                    {ground && (
                      <p className="meta">
                        {t('groundText', { ground: t(`grounds.${ground.ground}`), verdicts: ground.verdicts })}
                      </p>
                    )}
                    <TellingCases criterion={criterion} />
                  </div>
                </td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </div>
  );
}

async function Blocks({ tally }: { tally: Tally }) {
  const t = await getTranslations('calibration');
  const { met, partly, not_met: notMet } = tally;
  const groups = responses
    .filter((response) => tally[response] > 0)
    .map((response) => ({ key: response, blocks: Array.from({ length: tally[response] }, () => response) }));
  return (
    <div>
      {met + partly + notMet <= mostBlocks && <UnitChart groups={groups} />}
      <span className="under-word">{t('counts', { met, partly, notMet })}</span>
    </div>
  );
}
