import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import type { ReviewOverview } from '#services/reviews/get-review-overview.ts';

/** How far the claim files are, with the way to them. */
export async function OverviewClaims({ overview: { head, claims } }: { overview: ReviewOverview }) {
  if (!claims) return null;
  const t = await getTranslations('claims');
  return (
    <Band id="claims" title={t('title')}>
      <p>
        {claims.state === 'drawn'
          ? t('review.overviewDrawn', { done: claims.done, all: claims.all })
          : t(claims.state === 'given' ? 'review.overviewGiven' : 'review.overviewNone')}{' '}
        <Link href={`/reviews/${head.assessmentId}/claims`} prefetch={false}>
          {t('review.overview')}
        </Link>
      </p>
    </Band>
  );
}
