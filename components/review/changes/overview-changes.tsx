import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { ReviewOverview } from '#services/reviews/get-review-overview.ts';

/** What the insurer changed between the last two submissions, each with what became of its verdict. */
export async function OverviewChanges({ overview: { head, changes } }: { overview: ReviewOverview }) {
  if (!changes) return null;
  const [t, words, format, locale] = await Promise.all([
    getTranslations('desk.changes'),
    getTranslations('review'),
    readFormatter(),
    getLocale().then(localeOf),
  ]);
  const base = `/reviews/${head.assessmentId}`;
  const date = format.dateTime(changes.signedAt, { dateStyle: 'long' });
  const fact = (value: boolean | null) => words(`facts.${value === null ? 'none' : value ? 'yes' : 'no'}`);
  return (
    <Band id="changes" title={t('title')} meta={t('since', { number: changes.number, date })}>
      {changes.criteria.length + changes.intake.length === 0 && <p>{t('none')}</p>}
      <ul className="what-changed">
        {changes.intake.map(({ key, short, from, to }) => (
          <li key={key}>
            <Link href={`${base}/intake`} prefetch={false}>
              {t('intake')}
            </Link>
            <span>
              {short[locale]}: {t('from', { from: fact(from), to: fact(to) })}
            </span>
          </li>
        ))}
        {changes.criteria.map(({ key, sectionKey, short, parts, verdict }) => (
          <li key={key}>
            <Link href={`${base}/sections/${sectionKey}?criterion=${key}`} prefetch={false}>
              <b>{key}</b> <span lang={locale}>{short[locale]}</span>
            </Link>
            <span>{format.list(parts.map((part) => words(`claim.parts.${part}`)))}</span>
            <Tag kind={verdict === 'judged' ? 'done' : 'todo'}>{t(verdict)}</Tag>
          </li>
        ))}
      </ul>
      {changes.stands > 0 && <p className="meta">{t('stands', { count: changes.stands })}</p>}
    </Band>
  );
}
