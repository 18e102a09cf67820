import { getTranslations } from 'next-intl/server';
import type { FormAction } from '#services/form-result.ts';
import { ConfirmStep } from '../ui/confirm-step.tsx';
import { DecisionForm } from './decision-form.tsx';
import { stepKeys } from './step-keys.ts';

type InterestStepProps = { organisation: { id: string; name: string }; action: FormAction };

/** Declares a personal interest in the insurer: quiet, at the end of the page, with what it means. */
export async function InterestStep({ organisation: { id, name }, action }: InterestStepProps) {
  const t = await getTranslations('interest');
  return (
    <ConfirmStep
      keyShortcut={stepKeys.interest}
      trigger={t('trigger', { name })}
      title={t('question', { name })}
      actions={
        <DecisionForm
          action={action}
          id="interest"
          hidden={{ organisationId: id }}
          submit={t('confirm')}
          kind="danger"
          refusals={{ other: t('other') }}
          problemTitle={t('problems')}
        />
      }
    >
      <p>{t('what')}</p>
      <p>{t('consequence')}</p>
    </ConfirmStep>
  );
}
