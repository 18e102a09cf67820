import { getTranslations } from 'next-intl/server';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { FormAction } from '#services/form-result.ts';
import type { RequestView } from '#services/requests/request-facts.ts';
import { ConfirmStep } from '../ui/confirm-step.tsx';
import { questionOf } from '../ui/request-question.ts';
import { requestSigns } from '../ui/request-signs.ts';
import { Tag } from '../ui/tag.tsx';
import { EnclosedList, type ShowFile } from './evidence/enclosed-list.tsx';
import { requestRefusals } from './request-words.ts';
import { stepKeys } from './step-keys.ts';
import { WithdrawRequestForm } from './withdraw-request-form.tsx';

type RequestItemProps = {
  request: RequestView;
  /** Null for who may not withdraw it. */
  withdraw: FormAction | null;
  /** The page to come back to: fields of the form. */
  back: Readonly<Record<string, string>>;
  show: ShowFile;
};

/** One information request as the supervisor reads it: question, term, state, and the supplement once it was sent. */
export async function RequestItem({ request, withdraw, back, show }: RequestItemProps) {
  const [t, format, refusals] = await Promise.all([getTranslations('requests'), readFormatter(), requestRefusals()]);
  const {
    id,
    assessmentId,
    state,
    question,
    refusedEvidenceId,
    termAt,
    sentAt,
    answeredAt,
    withdrawnAt,
    text,
    evidence,
  } = request;
  const moment = (date: Date) => format.dateTime(date, { dateStyle: 'long', timeStyle: 'short' });
  return (
    <>
      <p>
        <Tag kind={requestSigns[state]}>{t(`states.${state}`)}</Tag>{' '}
        <span className="meta">{t(refusedEvidenceId ? 'askedByPlatform' : 'asked', { moment: moment(sentAt) })}</span>
      </p>
      <p className="prewrap">{questionOf({ question, refusedEvidenceId }, (title) => t('refusedFile', { title }))}</p>
      {state === 'open' && <p className="meta">{t('term', { moment: moment(termAt) })}</p>}
      {state === 'overdue' && (
        <p>
          <b>{t('overdueText', { moment: moment(termAt) })}</b>
        </p>
      )}
      {withdrawnAt && !answeredAt && <p className="meta">{t('withdrawnAt', { moment: moment(withdrawnAt) })}</p>}
      {answeredAt && (
        <div className="supplement">
          <p className="meta">{t('answeredAt', { moment: moment(answeredAt) })}</p>
          <p className="prewrap">{text || t('noText')}</p>
          <EnclosedList pieces={evidence} show={show} />
        </div>
      )}
      {withdraw && state === 'open' && (
        <ConfirmStep
          keyShortcut={stepKeys.withdraw}
          trigger={t('review.withdraw')}
          title={t('review.withdrawQuestion')}
          actions={
            <WithdrawRequestForm
              action={withdraw}
              hidden={{ assessmentId, requestId: id, ...back }}
              texts={{ submit: t('review.withdrawSubmit'), failed: t('review.withdrawFailed') }}
              refusals={refusals}
            />
          }
        >
          <p>{t('review.withdrawConsequence')}</p>
        </ConfirmStep>
      )}
    </>
  );
}
