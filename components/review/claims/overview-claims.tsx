import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import type { ReviewOverview } from '#services/reviews/get-review-overview.ts';
import { stepKeys } from '../step-keys.ts';

/** The way to the claim files, where the norm asks for them. */
export async function OverviewClaims({ overview: { head, claimFiles } }: { overview: ReviewOverview }) {
  if (!claimFiles) return null;
  const t = await getTranslations('claims');
  return (
    <Band id="claims" title={t('title')}>
      <p>
        {t('review.overviewText')}{' '}
        <Link href={`/reviews/${head.assessmentId}/claims`} prefetch={false} aria-keyshortcuts={stepKeys.claims}>
          {t('review.overview')}
        </Link>
      </p>
    </Band>
  );
}
