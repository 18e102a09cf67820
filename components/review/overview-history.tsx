import { getTranslations } from 'next-intl/server';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { ReviewOverview } from '#services/reviews/get-review-overview.ts';

/** The steps that the assessment took, newest first, with the reasons that were given. */
export async function OverviewHistory({ history }: Pick<ReviewOverview, 'history'>) {
  const [t, format] = await Promise.all([getTranslations('review'), readFormatter()]);
  if (history.length === 0) return <p className="meta">{t('overview.historyEmpty')}</p>;
  return (
    <ol className="history">
      {history.map(({ verb, at, by, reason }) => {
        const date = format.dateTime(new Date(at), { dateStyle: 'long', timeStyle: 'short' });
        const key = `verbs.${verb}` as 'verbs.other';
        return (
          <li key={`${verb}:${at}`}>
            <b>{t.has(key) ? t(key) : t('verbs.other')}</b>{' '}
            <span className="meta">{by ? t('overview.historyBy', { by, date }) : date}</span>
            {reason && <p className="prewrap">{reason}</p>}
          </li>
        );
      })}
    </ol>
  );
}
