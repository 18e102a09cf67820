import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { FilesQuote } from '#services/claims/files-quote.ts';
import { ReviewRow } from '../review-row.tsx';

type FilesRowProps = { assessmentId: string; criterionKey: string; files: FilesQuote | null };

/** What the drawn files showed on this criterion, beside the claim. */
export async function FilesRow({ assessmentId, criterionKey, files }: FilesRowProps) {
  if (!files) return null;
  const t = await getTranslations('claims.review');
  const { counts } = files;
  const at = counts && counts.open === 0 ? '' : `?criterion=${criterionKey}`;
  return (
    <ReviewRow name={t('row')}>
      <p>
        {counts
          ? t('count', {
              conform: counts.conform,
              notConform: counts.not_conform,
              undeterminable: counts.undeterminable,
              open: counts.open,
            })
          : t('rowNone')}
      </p>
      <p>
        <Link href={`/reviews/${assessmentId}/claims${counts ? at : ''}`} prefetch={false}>
          {t('rowLink')}
        </Link>
      </p>
    </ReviewRow>
  );
}
