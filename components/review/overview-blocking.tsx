import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { ReviewOverview } from '#services/reviews/get-review-overview.ts';

/** Everything that stands in the way of proposing, each as a link to its spot. */
export async function OverviewBlocking({ overview }: { overview: ReviewOverview }) {
  const t = await getTranslations('review.overview');
  const { head, content, blocking, undetermined, outdated } = overview;
  if (blocking.length === 0 || !content) return null;
  const base = `/reviews/${head.assessmentId}`;
  const open = content.sections.filter(({ applies, judged, toBeJudged }) => applies && judged < toBeJudged);
  const waits = new Set(open.map(({ key }) => key));
  return (
    <>
      <h3 className="h3">{t('blocking')}</h3>
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
        {blocking.includes('version_sent') && <li>{t('blockingHearing')}</li>}
      </ul>
    </>
  );
}
