import { getTranslations } from 'next-intl/server';
import { Tag } from '#components/ui/tag.tsx';
import type { ClaimCounts, CountsState } from '#domain/findings.ts';

type VerdictCountsProps = { counts: ClaimCounts | null; state: CountsState | null; mayDecide: boolean };

/** What the claim files showed when the verdict was given, and whether that is still so. */
export async function VerdictCounts({ counts, state, mayDecide }: VerdictCountsProps) {
  const outdated = state === 'stands' ? null : state;
  if (!counts && !outdated) return null;
  const t = await getTranslations('claims.review');
  return (
    <>
      {counts && (
        <p>
          {t('verdictCounts', {
            conform: counts.conform,
            notConform: counts.notConform,
            undeterminable: counts.undeterminable,
            open: counts.open,
          })}
        </p>
      )}
      {outdated && (
        <p>
          <Tag kind="attention">{t(`countsState.${outdated}`)}</Tag>
          {mayDecide && <span className="meta"> {t('countsAgain')}</span>}
        </p>
      )}
    </>
  );
}
