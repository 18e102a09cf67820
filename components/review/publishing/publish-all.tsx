import { getLocale, getTranslations } from 'next-intl/server';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import { DecisionForm } from '../decision-form.tsx';

/** Publishes every decided case of a round at once, those on other pages included: which they are, the verb finds out. */
export async function PublishAll({ roundId, ready, action }: { roundId: string; ready: number; action: FormAction }) {
  const [t, locale] = await Promise.all([getTranslations('publishing.all'), getLocale().then(localeOf)]);
  const { form } = messages[locale].publishing;
  return (
    <ConfirmStep
      trigger={t('submit', { count: ready })}
      title={t('question', { count: ready })}
      actions={
        <DecisionForm
          action={action}
          id="publish-all"
          hidden={{ roundId, which: 'all', when: 'now' }}
          submit={t('submit', { count: ready })}
          refusals={form.refusals}
          problemTitle={t('problems')}
        />
      }
    >
      <p>{t('consequence')}</p>
    </ConfirmStep>
  );
}
