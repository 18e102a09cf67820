import { getLocale, getTranslations } from 'next-intl/server';
import { formatMoment } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { EarlierVerdict } from '#services/reviews/get-review.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { ReviewRow } from './review-row.tsx';

/** What was said of a criterion before: verdicts that another one followed, and those that were taken back. */
export async function EarlierVerdicts({ verdicts }: { verdicts: readonly EarlierVerdict[] }) {
  const [t, locale] = await Promise.all([getTranslations('review'), getLocale().then(localeOf)]);
  return (
    <ReviewRow name={t('claim.earlier')}>
      <Disclosure summary={t('claim.earlierCount', { count: verdicts.length })}>
        <ol className="history">
          {verdicts.map(({ version, response, ground, reason, decidedAt, by, submission }) => {
            const date = formatMoment(new Date(decidedAt), locale);
            return (
              <li key={version}>
                <b>{response ? t(`responses.${response}`) : t('claim.takenBack')}</b>
                {ground && <>, {t(`grounds.${ground}`)}</>}{' '}
                <span className="meta">
                  {by ? t('claim.lastBy', { by, date }) : date}
                  {response && `, ${t('claim.onSubmission', { number: submission })}`}
                </span>
                {reason && <p className="prewrap">{reason}</p>}
              </li>
            );
          })}
        </ol>
      </Disclosure>
    </ReviewRow>
  );
}
