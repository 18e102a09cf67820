import { getLocale, getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import { UnitChart } from '#components/score/unit-chart.tsx';
import { Table } from '#components/ui/table.tsx';
import type { Response } from '#domain/answers.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { Calibration } from '#services/reviews/get-calibration.ts';

/** Up to so many verdicts each is a block of its own; beyond it the words say it. */
const mostBlocks = 40;

/** Every judged criterion, most overrides first: how the verdicts lie, and why they differ from the claims. */
export async function CriteriaRows({ criteria }: Pick<Calibration, 'criteria'>) {
  const [t, locale] = await Promise.all([getTranslations('calibration'), getLocale().then(localeOf)]);
  return (
    <Band id="criteria" title={t('criteria')} meta={t('criteriaMeta')}>
      <Table label={t('criteria')} tight>
        <thead>
          <tr>
            <th scope="col">{t('criterion')}</th>
            <th scope="col">{t('verdicts')}</th>
            <th scope="col" className="r">
              {t('overridden')}
            </th>
            <th scope="col">{t('direction')}</th>
            <th scope="col">{t('ground')}</th>
          </tr>
        </thead>
        <tbody>
          {criteria.map(({ key, short, counts, raised, lowered, ground, groundTimes }) => {
            const all = counts.met + counts.partly + counts.not_met;
            return (
              <tr key={key}>
                <th scope="row">
                  {key} <span className="meta">{short[locale]}</span>
                </th>
                <td>
                  {all <= mostBlocks && <UnitChart groups={[{ key, blocks: blocksOf(counts) }]} />}
                  <span className="meta">
                    {t('counts', { met: counts.met, partly: counts.partly, notMet: counts.not_met })}
                  </span>
                </td>
                <td className="r">{t('of', { count: raised + lowered, all })}</td>
                <td>{raised + lowered > 0 ? t('directionText', { lowered, raised }) : '–'}</td>
                <td>{ground ? `${t(`grounds.${ground}`)} ${groundTimes}` : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </Band>
  );
}

function blocksOf(counts: Readonly<Record<Response, number>>): Response[] {
  return (['met', 'partly', 'not_met'] as const).flatMap((kind) => Array.from({ length: counts[kind] }, () => kind));
}
