import { getLocale, getTranslations } from 'next-intl/server';
import { messages } from '#lib/i18n/messages.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { FormAction } from '#services/form-result.ts';
import type { ConfirmedTogether } from '#services/reviews/undo-undisputed.ts';
import { Notice } from '../ui/notice.tsx';
import { StepForm } from './step-form.tsx';

type UndoConfirmedProps = { assessmentId: string; confirmed: ConfirmedTogether; action: FormAction };

/** What was confirmed together last, and the way back. */
export async function UndoConfirmed({ assessmentId, confirmed, action }: UndoConfirmedProps) {
  const [t, format, locale] = await Promise.all([getTranslations('desk.undo'), readFormatter(), getLocale()]);
  const { keys, confirmedAt } = confirmed;
  const time = format.dateTime(new Date(confirmedAt), { dateStyle: 'long', timeStyle: 'short' });
  return (
    <Notice level={2} title={t('title', { count: keys.length, time })}>
      <p>{t('text', { keys: keys.join(', ') })}</p>
      <StepForm
        action={action}
        assessmentId={assessmentId}
        hidden={{ confirmedAt }}
        kind="plain"
        submit={t('submit')}
        failed={t('failed')}
        refusals={messages[locale].desk.refusals}
      />
    </Notice>
  );
}
