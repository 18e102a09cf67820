import { randomUUID } from 'node:crypto';
import { getTranslations } from 'next-intl/server';
import type { FormAction } from '#services/form-result.ts';
import type { ReviewView } from '#services/reviews/get-review.ts';
import { ConfirmStep } from '../ui/confirm-step.tsx';
import type { ShowFile } from './evidence/enclosed-list.tsx';
import { RequestForm } from './request-form.tsx';
import { RequestItem } from './request-item.tsx';
import { requestRefusals, requestTexts } from './request-words.ts';
import { ReviewRow } from './review-row.tsx';
import { stepKeys } from './step-keys.ts';

type CriterionRequestsProps = { view: ReviewView; actions: { send: FormAction; withdraw: FormAction }; show: ShowFile };

/** What was asked about the criterion and what came of it, under the signed answer; and the form that asks. */
export async function CriterionRequests({ view, actions, show }: CriterionRequestsProps) {
  const { head, section, criterion, requests, may } = view;
  const asks = may.ask && criterion?.trace.applies === true;
  if (!section || !criterion || (requests.length === 0 && !asks)) return null;
  const [t, texts, refusals] = await Promise.all([
    getTranslations('requests.review'),
    requestTexts(),
    requestRefusals(),
  ]);
  const about = { criterionKey: criterion.key, sectionKey: section.key };
  return (
    <ReviewRow name={t('row')}>
      {requests.length > 0 && <p className="meta">{t('besides')}</p>}
      {requests.length > 0 && (
        <ol>
          {requests.map((request) => (
            <li key={request.id} className="asked-one">
              <RequestItem request={request} withdraw={may.ask ? actions.withdraw : null} back={about} show={show} />
            </li>
          ))}
        </ol>
      )}
      {asks && (
        <ConfirmStep
          key={`${criterion.key} ${requests.length}`}
          keyShortcut={stepKeys.ask}
          trigger={t('trigger')}
          title={t('question', { key: criterion.key })}
          actions={
            <RequestForm
              action={actions.send}
              assessmentId={head.assessmentId}
              ids={[randomUUID()]}
              about={about}
              since={requests.length}
              texts={texts}
              refusals={refusals}
            />
          }
        >
          <p>{t('consequence')}</p>
        </ConfirmStep>
      )}
    </ReviewRow>
  );
}
