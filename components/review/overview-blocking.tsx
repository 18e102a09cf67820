import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { formatMoment } from '#lib/i18n/dates.ts';
import type { ReviewOverview } from '#services/reviews/get-review-overview.ts';

/** Everything that stands in the way of proposing, each as a link to its spot. */
export async function OverviewBlocking({ overview }: { overview: ReviewOverview }) {
  const [t, words, locale] = await Promise.all([
    getTranslations('review.overview'),
    getTranslations('hearing.review'),
    getLocale(),
  ]);
  const { head, content, blocking, undetermined, outdated, hearing } = overview;
  if (blocking.length === 0 || !content) return null;
  const base = `/reviews/${head.assessmentId}`;
  const open = content.sections.filter(({ applies, judged, toBeJudged }) => applies && judged < toBeJudged);
  const waits = new Set(open.map(({ key }) => key));
  const newest = hearing?.versions[0];
  const unanswered = (hearing?.versions ?? [])
    .flatMap(({ sections }) => sections)
    .filter(({ statement, stands }) => stands && statement?.answerVersion === 0);
  // As long as nothing was sent, that is the next step; then what keeps from it is all that is asked.
  const sends = blocking.includes('version_sent');
  if (sends && hearing?.sending.length === 0) return null;
  // A new version is asked: then what keeps from sending it is asked as well.
  const sendsAgain = blocking.includes('no_section_lower') && hearing?.may.send === true;
  const request = (sends || sendsAgain) && hearing?.sending.includes('no_open_request');
  return (
    <>
      <h3 className="h3">{sends ? words('sendBlocking') : t('blocking')}</h3>
      <ul className="ways">
        {content.toJudge.intake.length > 0 && (
          <li>
            <Link href={`${base}/intake`} prefetch={false}>
              {t('blockingIntake', { count: content.toJudge.intake.length })}
            </Link>
          </li>
        )}
        {open.map(({ key, judged, toBeJudged }) => (
          <li key={key}>
            <Link href={`${base}/sections/${key}`} prefetch={false}>
              {t('blockingSection', { key, count: toBeJudged - judged })}
            </Link>
          </li>
        ))}
        {undetermined
          .filter((key) => !waits.has(key))
          .map((key) => (
            <li key={key}>
              <Link href={`${base}/sections/${key}/determination`} prefetch={false}>
                {t('blockingDetermine', { key })}
              </Link>
            </li>
          ))}
        {outdated.map((key) => (
          <li key={key}>
            <Link href={`${base}/sections/${key}/determination`} prefetch={false}>
              {t('blockingOutdated', { key })}
            </Link>
          </li>
        ))}
        {request && (
          <li>
            <a href="#requests">{words(sendsAgain ? 'openRequestAgain' : 'openRequest')}</a>
          </li>
        )}
        {blocking.includes('objections_answered') &&
          unanswered.map(({ key }) => (
            <li key={key}>
              <a href={`#objection-${key}`}>{words('objectionsOpen', { key })}</a>
            </li>
          ))}
        {blocking.includes('no_section_lower') &&
          hearing?.lower.map((key) => (
            <li key={key}>
              <Link href={`${base}/sections/${key}/determination`} prefetch={false}>
                {words(hearing.unheard.includes(key) ? 'unheard' : 'lower', { key })}
              </Link>
            </li>
          ))}
        {newest && blocking.includes('responded_or_term_over') && (
          <li>
            <a href="#hearing">{words('running', { moment: formatMoment(newest.termAt, locale) })}</a>
          </li>
        )}
      </ul>
    </>
  );
}
