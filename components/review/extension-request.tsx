import { getTranslations } from 'next-intl/server';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { FormAction } from '#services/form-result.ts';
import type { ReviewOverview } from '#services/reviews/get-review-overview.ts';
import { ConfirmStep } from '../ui/confirm-step.tsx';
import { Notice } from '../ui/notice.tsx';
import { DecisionForm } from './decision-form.tsx';
import { leadRefusals } from './lead-refusals.ts';
import { stepKeys } from './step-keys.ts';

type ExtensionRequestProps = { overview: ReviewOverview; actions: { grant: FormAction; refuse: FormAction } };

/** What the insurer asks of the lead, with both answers; a colleague reads it. */
export async function ExtensionRequest({ overview, actions }: ExtensionRequestProps) {
  const [t, format, lead] = await Promise.all([getTranslations('extension.lead'), readFormatter(), leadRefusals()]);
  const { extension, decisions, head, hearing } = overview;
  // In the hearing the term to respond is what more time is asked for.
  const deadlineAt = (head.state === 'hearing' && hearing?.versions[0]?.termAt) || overview.deadlineAt;
  if (!extension) return null;
  const moment = (date: Date) => format.dateTime(date, { dateStyle: 'long', timeStyle: 'short' });
  const mayAnswer = decisions?.open.some(({ decision }) => decision === 'extend') === true;
  const told = { kind: 'reason', name: 'reason', label: t('reason'), hint: t('told') } as const;
  const form = {
    refusals: { ...lead, request_open: t('requestOpen') },
    problemTitle: t('problems'),
  };
  return (
    <Notice kind="attention" id="extension" title={t('title')}>
      <p className="prewrap">{extension.reason}</p>
      {overview.extends.length > 0 ? (
        <>
          <p className="meta">{t('metaRequests', { moment: moment(extension.askedAt) })}</p>
          <ul>
            {overview.extends.map(({ id, criterionKey: key, termAt }) => (
              <li key={id}>{t('requestTerm', { key, deadline: moment(termAt) })}</li>
            ))}
          </ul>
        </>
      ) : (
        <p className="meta">{t('meta', { moment: moment(extension.askedAt), deadline: moment(deadlineAt) })}</p>
      )}
      {mayAnswer ? (
        <>
          <ConfirmStep
            keyShortcut={stepKeys.grant}
            trigger={t('grant')}
            title={t('grantQuestion')}
            actions={
              <DecisionForm
                {...form}
                action={actions.grant}
                id="grant"
                hidden={{ assessmentId: head.assessmentId }}
                fields={[
                  { kind: 'date', name: 'lastDay', label: t('lastDay'), defaultValue: decisions.extendTo },
                  told,
                ]}
                submit={t('grant')}
              />
            }
          >
            <p>{t(overview.extends.length > 0 ? 'grantRequests' : 'grantConsequence')}</p>
          </ConfirmStep>
          <ConfirmStep
            keyShortcut={stepKeys.refuse}
            trigger={t('refuse')}
            title={t('refuseQuestion')}
            actions={
              <DecisionForm
                {...form}
                action={actions.refuse}
                id="refuse"
                hidden={{ assessmentId: head.assessmentId, requestId: extension.id }}
                fields={[told]}
                submit={t('refuse')}
                kind="danger"
              />
            }
          >
            <p>{t('refuseConsequence')}</p>
          </ConfirmStep>
        </>
      ) : (
        <p className="meta">{t('forLead')}</p>
      )}
    </Notice>
  );
}
