import { getTranslations } from 'next-intl/server';
import { Notice } from '#components/ui/notice.tsx';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { Dashboard } from '#services/publications/get-dashboard.ts';

/** What a reader must know before the figures: it is being revised, it was replaced, or why this edition was made. */
export async function EditionNotices({ dashboard }: { dashboard: Dashboard }) {
  const [t, format] = await Promise.all([getTranslations('dashboard.editions'), readFormatter()]);
  const { shown, editions } = dashboard;
  const [newest] = editions;
  const date = (instant: string) => format.dateTime(new Date(instant), { dateStyle: 'long' });
  return (
    <>
      {shown.underRevision && (
        <Notice kind="attention" title={t('underRevision')}>
          <p>{t('underRevisionText')}</p>
        </Notice>
      )}
      {shown.replaced && newest && (
        <Notice kind="attention" title={t('replaced', { edition: newest.edition })}>
          <p>
            {t('replacedText', { date: date(newest.publishedAt) })}{' '}
            <a href={`/dashboards/${newest.id}`}>{t('toNewest')}</a>
          </p>
        </Notice>
      )}
      {shown.reason && (
        <Notice title={t('why', { edition: shown.edition })}>
          <p className="prewrap">{shown.reason}</p>
        </Notice>
      )}
    </>
  );
}
