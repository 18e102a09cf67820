import { getLocale, getTranslations } from 'next-intl/server';
import { Staircase } from '#components/score/staircase.tsx';
import { Signed } from '#components/ui/sign.tsx';
import { round1HalfUp } from '#domain/fraction.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { Calibration } from '#services/reviews/get-calibration.ts';

/** What stands out, with the way to the case: who is alone on a level, and reviewers who read a criterion differently. */
export async function OutstandingList({ calibration: { lone, criteria, sections } }: { calibration: Calibration }) {
  const [t, locale] = await Promise.all([getTranslations('calibration'), getLocale().then(localeOf)]);
  const apart = criteria.flatMap(({ criterionKey, apart: found }) => (found ? [{ criterionKey, ...found }] : []));
  if (lone.length + apart.length === 0) return <p>{t('noneLone')}</p>;
  return (
    <ol className="outstanding">
      {lone.map(({ assessmentId, organisation, sectionKey, level, reviewer, overridden }) => {
        const section = sections.find((one) => one.sectionKey === sectionKey);
        return (
          <li key={`${sectionKey}-${level}`}>
            <span className="key">{sectionKey}</span>
            <p>
              {t.rich('loneText', {
                organisation,
                level,
                mean: section ? round1HalfUp(section.mean, locale) : '',
                reviewer,
                overridden,
                case: (words) => <a href={`/reviews/${assessmentId}/sections/${sectionKey}`}>{words}</a>,
                b: (words) => <b>{words}</b>,
              })}
            </p>
            <span className="score">
              <Staircase size="small" low={level} />
              {t('score', { level })}
            </span>
          </li>
        );
      })}
      {apart.map(({ criterionKey, more, less }) => (
        <li key={criterionKey}>
          <span className="key">{criterionKey}</span>
          <p>
            {t('apartText', {
              more: more.reviewer,
              moreOverridden: more.overridden,
              moreVerdicts: more.verdicts,
              less: less.reviewer,
              lessOverridden: less.overridden,
              lessVerdicts: less.verdicts,
            })}
          </p>
          <Signed kind="differs">{t('apartPair', { more: more.reviewer, less: less.reviewer })}</Signed>
        </li>
      ))}
    </ol>
  );
}
