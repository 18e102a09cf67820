import { getLocale, getTranslations } from 'next-intl/server';
import { Notice } from '#components/ui/notice.tsx';
import { formatDay } from '#lib/i18n/dates.ts';
import type { CriterionPage } from '#services/assessments/get-criterion.ts';
import { Row } from '../row.tsx';

/** What the supervisor asks about this criterion, or about its section, where it asked when it sent the work back. */
export async function ReturnedReason({ page }: { page: CriterionPage }) {
  const { returned, criterion, section } = page;
  const asked = (returned?.items ?? []).filter(({ key }) => key === criterion.key || key === section.key);
  if (!returned || asked.length === 0) return null;
  const [t, locale] = await Promise.all([getTranslations('receipt.returned'), getLocale()]);
  return (
    <Row>
      <Notice kind="attention" id="asked" title={t('title', { day: formatDay(new Date(returned.sentAt), locale) })}>
        {asked.map(({ key, text }) => (
          <p key={`${key}:${text}`} className="prewrap">
            {key === section.key && <b>{t('section', { key })} </b>}
            {text}
          </p>
        ))}
      </Notice>
    </Row>
  );
}
