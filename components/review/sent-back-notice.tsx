import { getLocale, getTranslations } from 'next-intl/server';
import { formatMoment } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { SentBack } from '#services/reviews/get-review-overview.ts';
import { Notice } from '../ui/notice.tsx';

/** Why the case is in review again, in the words of who sent it back. */
export async function SentBackNotice({ sentBack: { verb, reason, at } }: { sentBack: SentBack }) {
  const [t, locale] = await Promise.all([getTranslations('decisions.lastReason'), getLocale().then(localeOf)]);
  return (
    <Notice kind="attention" title={t(verb)} level={3}>
      <p className="prewrap">{reason}</p>
      <p className="meta">{formatMoment(new Date(at), locale)}</p>
    </Notice>
  );
}
