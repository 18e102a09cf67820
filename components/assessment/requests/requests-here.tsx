import { getLocale, getTranslations } from 'next-intl/server';
import { Notice } from '#components/ui/notice.tsx';
import { PageLink } from '#components/ui/page-link.tsx';
import { questionOf } from '#components/ui/request-question.ts';
import { requestSigns } from '#components/ui/request-signs.ts';
import { Tag } from '#components/ui/tag.tsx';
import { formatMoment } from '#lib/i18n/dates.ts';
import type { CriterionPage } from '#services/assessments/get-criterion.ts';
import { requestPath } from '../paths.ts';
import { Row } from '../row.tsx';

/** What the supervisor asks about this criterion while it reviews, with the way to the answer. */
export async function RequestsHere({ page: { requests, assessment } }: { page: CriterionPage }) {
  if (requests.length === 0) return null;
  const [t, locale] = await Promise.all([getTranslations('requests'), getLocale()]);
  const isOpen = (state: string) => state === 'open' && assessment.state === 'in_review';
  return (
    <Row>
      <Notice
        kind={requests.some(({ state }) => isOpen(state)) ? 'attention' : 'plain'}
        id="requests"
        title={t('insurer.here')}
      >
        {requests.map(({ id, question, refusedEvidenceId, state, termAt, criterionKey }) => (
          <p key={id}>
            <span className="prewrap">
              {questionOf({ question, refusedEvidenceId }, (title) => t('refusedFile', { title }))}
            </span>{' '}
            {isOpen(state) ? (
              <span className="meta">{t('term', { moment: formatMoment(termAt, locale) })}. </span>
            ) : (
              <Tag kind={requestSigns[state]}>{t(`states.${state}`)}</Tag>
            )}{' '}
            <PageLink href={requestPath(assessment.id, id)}>
              {t.rich(isOpen(state) ? 'insurer.answer' : 'insurer.read', {
                key: criterionKey,
                vh: (text) => text,
              })}
            </PageLink>
          </p>
        ))}
      </Notice>
    </Row>
  );
}
