import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { Calibration } from '#services/reviews/get-calibration.ts';

/** The sections of cases that lie furthest from the others, each a way to the case. */
export async function OutlierList({ outliers }: Pick<Calibration, 'outliers'>) {
  const [t, format] = await Promise.all([getTranslations('calibration'), readFormatter()]);
  return (
    <Band id="outliers" title={t('outliers')} meta={outliers.length > 0 && t('outliersMeta')}>
      {outliers.length === 0 && <p>{t('outliersNone')}</p>}
      <ol>
        {outliers.map(({ assessmentId, organisation, sectionKey, level, computedLevel, mean, by }) => (
          <li key={`${assessmentId} ${sectionKey}`} className="asked-one">
            {t.rich('outlier', {
              organisation,
              section: sectionKey,
              level,
              mean: format.number(mean, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
              case: (name) => (
                <Link href={`/reviews/${assessmentId}/sections/${sectionKey}/determination`} prefetch={false}>
                  {name}
                </Link>
              ),
            })}{' '}
            <span className="meta">
              {level !== computedLevel && t('outlierComputed', { computed: computedLevel })}{' '}
              {by && t('outlierBy', { code: by === 'me' ? t('you') : by })}
            </span>
          </li>
        ))}
      </ol>
    </Band>
  );
}
