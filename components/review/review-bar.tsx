import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { ReviewHead } from '#services/reviews/review-view.ts';

/** What stands in the top of the sheet while an assessment is open: the way back, whose it is, where it stands. */
export async function ReviewBar({
  head,
  demo,
}: {
  head: Omit<ReviewHead, 'sections' | 'totals' | 'toJudge'>;
  demo: boolean;
}) {
  const [t, format] = await Promise.all([getTranslations('review'), readFormatter()]);
  const date = format.dateTime(head.round.decisionsDueAt, { dateStyle: 'long' });
  return (
    <>
      <Link href="/reviews" prefetch={false}>
        {t('bar.back')}
      </Link>
      <strong className="org">{head.organisation.name}</strong>
      <span className="meta opened">
        {t('bar.meta', {
          round: head.round.name,
          state: t(`states.${head.state}`),
          hearing: head.round.hearing ? 'yes' : 'no',
          date,
        })}
      </span>
      {demo && <span className="meta demo-in">{t('bar.demo')}</span>}
    </>
  );
}
