import { getTranslations } from 'next-intl/server';
import type { ReviewHead } from '#services/reviews/review-view.ts';

/** Stands where the form would: why nothing can be decided here now. */
export async function ReadOnlyVerdict({ state }: Pick<ReviewHead, 'state'>) {
  const t = await getTranslations('review');
  if (state === 'in_review') return <p className="meta closed">{t('verdict.readOnly')}</p>;
  if (state === 'submitted') return <p className="meta closed">{t('verdict.startFirst')}</p>;
  return <p className="meta closed">{t('verdict.readOnlyState', { state: t(`states.${state}`) })}</p>;
}
