import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { Notice } from '#components/ui/notice.tsx';
import { questionOf } from '#components/ui/request-question.ts';
import { requestSigns } from '#components/ui/request-signs.ts';
import { Tag } from '#components/ui/tag.tsx';
import { formatMoment } from '#lib/i18n/dates.ts';
import type { RequestView } from '#services/requests/request-facts.ts';
import { requestPath } from '../paths.ts';

type RequestListProps = {
  requests: readonly RequestView[];
  /** The case is still in review. */
  asking: boolean;
};

/** What the supervisor asks while it reviews: what is open with its term, and what became of the rest. */
export async function RequestList({ requests, asking }: RequestListProps) {
  if (requests.length === 0) return null;
  const [t, locale] = await Promise.all([getTranslations('requests'), getLocale()]);
  const open = asking ? requests.filter(({ state }) => state === 'open').length : 0;
  return (
    <Notice
      id="requests"
      kind={open > 0 ? 'attention' : 'plain'}
      title={open > 0 ? t('insurer.openTitle', { count: open }) : t('title')}
    >
      {open > 0 && <p>{t('insurer.besides')}</p>}
      <ol className="reasons">
        {requests.map(({ id, assessmentId, criterionKey, question, refusedEvidenceId, state, termAt }) => (
          <li key={id}>
            <Link href={requestPath(assessmentId, id)} prefetch={false}>
              {t.rich(asking && state === 'open' ? 'insurer.answer' : 'insurer.read', {
                key: criterionKey,
                vh: (text) => <span className="vh">{text}</span>,
              })}
            </Link>
            <span>
              <span className="prewrap">
                {questionOf({ question, refusedEvidenceId }, (title) => t('refusedFile', { title }))}
              </span>{' '}
              <span className="meta">
                {asking && state === 'open' ? (
                  t('term', { moment: formatMoment(termAt, locale) })
                ) : (
                  <Tag kind={requestSigns[state]}>{t(`states.${state}`)}</Tag>
                )}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </Notice>
  );
}
