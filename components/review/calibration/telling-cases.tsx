import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { Calibration } from '#services/reviews/get-calibration.ts';

type TellingCasesProps = { criterion: Pick<Calibration['criteria'][number], 'criterionKey' | 'sectionKey' | 'cases'> };

/** Cases that show how a criterion is read, each straight to it in the workspace. */
export async function TellingCases({ criterion: { criterionKey, sectionKey, cases } }: TellingCasesProps) {
  const t = await getTranslations('calibration');
  if (cases.length === 0) return null;
  return (
    <ul>
      {cases.map(({ assessmentId, organisation, on, response, overrides, reviewer }) => (
        <li key={assessmentId} className="meta">
          <Link href={`/reviews/${assessmentId}/sections/${sectionKey}?criterion=${criterionKey}`} prefetch={false}>
            {organisation}
          </Link>
          {': '}
          {overrides
            ? t('caseOverridden', {
                on: on ? t(`responses.${on}`) : t('responses.none'),
                response: t(`responses.${response}`),
                reviewer,
              })
            : t('caseConfirmed', { response: t(`responses.${response}`), reviewer })}
        </li>
      ))}
    </ul>
  );
}
