import { randomUUID } from 'node:crypto';
import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { localeOf } from '#lib/i18n/locale.ts';
import type { FormAction } from '#services/form-result.ts';
import { openOf } from '#services/requests/request-facts.ts';
import type { ReviewOverview } from '#services/reviews/get-review-overview.ts';
import { Band } from '../frame/band.tsx';
import { ConfirmStep } from '../ui/confirm-step.tsx';
import type { ShowFile } from './evidence/enclosed-list.tsx';
import { RequestForm } from './request-form.tsx';
import { RequestItem } from './request-item.tsx';
import { linesAtOnce, requestRefusals, requestTexts } from './request-words.ts';
import { stepKeys } from './step-keys.ts';

type OverviewRequestsProps = {
  overview: ReviewOverview;
  actions: { send: FormAction; withdraw: FormAction };
  show: ShowFile;
};

/** All information requests of the case with their terms, and the form that asks several at once. */
export async function OverviewRequests({ overview, actions, show }: OverviewRequestsProps) {
  const { head, content, requests, may, framework } = overview;
  if (!content || (requests.length === 0 && !may.ask)) return null;
  const [t, texts, refusals, locale] = await Promise.all([
    getTranslations('requests'),
    requestTexts(),
    requestRefusals(),
    getLocale().then(localeOf),
  ]);
  const open = openOf(requests);
  const sectionOf = (key: string) => content.sections.find((section) => key.startsWith(`${section.key}.`))?.key ?? '';
  const groups = content.sections
    .filter(({ applies }) => applies)
    .map(({ key, title }) => ({
      label: `${key} ${title[locale]}`,
      options: framework.criteria
        .filter((criterion) => sectionOf(criterion.key) === key)
        .map((criterion) => ({ value: criterion.key, label: `${criterion.key} ${criterion.short[locale]}` })),
    }));
  return (
    <Band id="requests" title={t('title')} meta={open > 0 && t('openCount', { count: open })}>
      {requests.length === 0 && <p>{t('review.overviewNone')}</p>}
      <ol>
        {requests.map((request) => (
          <li key={request.id} className="asked-one">
            <h3 className="h3">
              <Link
                href={`/reviews/${head.assessmentId}/sections/${sectionOf(request.criterionKey)}?criterion=${request.criterionKey}`}
                prefetch={false}
              >
                {request.criterionKey}
              </Link>{' '}
              {framework.criteria.find(({ key }) => key === request.criterionKey)?.short[locale]}
            </h3>
            <RequestItem request={request} withdraw={may.ask ? actions.withdraw : null} back={{}} show={show} />
          </li>
        ))}
      </ol>
      {may.ask && (
        <ConfirmStep
          key={requests.length}
          keyShortcut={stepKeys.ask}
          trigger={t('review.triggerSeveral')}
          title={t('review.questionSeveral')}
          actions={
            <RequestForm
              action={actions.send}
              assessmentId={head.assessmentId}
              ids={Array.from({ length: linesAtOnce }, () => randomUUID())}
              about={groups}
              since={requests.length}
              texts={texts}
              refusals={refusals}
            />
          }
        >
          <p>{t('review.consequence')}</p>
        </ConfirmStep>
      )}
    </Band>
  );
}
