import { getTranslations } from 'next-intl/server';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { Dashboard } from '#services/publications/get-dashboard.ts';

/** Every edition of this result, with the reason why it was made; each stays readable. */
export async function EditionList({ dashboard }: { dashboard: Dashboard }) {
  const [t, format] = await Promise.all([getTranslations('dashboard.editions'), readFormatter()]);
  return (
    <ol>
      {dashboard.editions.map(({ id, edition, publishedAt, reason }) => (
        <li key={id}>
          {id === dashboard.shown.id ? (
            <b>{t('one', { edition })}</b>
          ) : (
            <a href={`/dashboards/${id}`}>{t('one', { edition })}</a>
          )}
          , {format.dateTime(new Date(publishedAt), { dateStyle: 'long' })}
          {reason && <p className="meta prewrap">{reason}</p>}
        </li>
      ))}
    </ol>
  );
}
