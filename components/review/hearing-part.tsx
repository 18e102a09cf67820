import { randomUUID } from 'node:crypto';
import { getLocale, getTranslations } from 'next-intl/server';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import type { ReviewOverview } from '#services/reviews/get-review-overview.ts';
import { Band } from '../frame/band.tsx';
import { ConfirmStep } from '../ui/confirm-step.tsx';
import type { ShowFile } from './evidence/enclosed-list.tsx';
import { SentVersionPart } from './sent-version-part.tsx';
import { StepForm } from './step-form.tsx';
import { stepKeys } from './step-keys.ts';

type HearingPartProps = {
  overview: ReviewOverview;
  actions: Record<'send' | 'reopen' | 'answer', FormAction>;
  show: ShowFile;
};

/** The hearing of a case: what would be sent, what was sent and said, and every objection with its answer. */
export async function HearingPart({ overview, actions, show }: HearingPartProps) {
  const [t, locale] = await Promise.all([getTranslations('hearing.review'), getLocale().then(localeOf)]);
  const { hearing, head } = overview;
  if (!hearing) return null;
  const { refusals } = messages[locale].hearing;
  const { assessmentId } = head;
  const [newest, ...older] = hearing.versions;
  const preview = `/reviews/${assessmentId}/draft-outcome`;
  const part = { overview, answerAction: hearing.may.answer ? actions.answer : null, show };
  const form = { assessmentId, failed: t('failed'), refusals };
  return (
    <Band id="hearing" title={t('title')} meta={t('days', { days: hearing.days })}>
      <div className="next-steps">
        {newest && <SentVersionPart {...part} sent={newest} />}
        {hearing.may.send && (
          <p>
            <a href={preview}>{t('preview')}</a>
          </p>
        )}
        {hearing.may.send && hearing.sending.length === 0 && (
          <ConfirmStep
            keyShortcut={stepKeys.send}
            trigger={t(newest ? 'sendAgain' : 'send')}
            title={t('sendQuestion', { organisation: head.organisation.name })}
            actions={
              <StepForm
                {...form}
                action={actions.send}
                hidden={{ id: randomUUID() }}
                submit={t(newest ? 'sendAgain' : 'send')}
              />
            }
          >
            <p>{t('sendText', { days: hearing.days })}</p>
          </ConfirmStep>
        )}
        {hearing.may.reopen && (
          <ConfirmStep
            keyShortcut={stepKeys.reopen}
            trigger={t('reopen')}
            title={t('reopenQuestion')}
            actions={<StepForm {...form} action={actions.reopen} submit={t('reopen')} />}
          >
            <p>{t('reopenText')}</p>
          </ConfirmStep>
        )}
        {older.length > 0 && (
          <>
            <h3 className="h3">{t('older')}</h3>
            {older.map((sent) => (
              <SentVersionPart key={sent.id} {...part} sent={sent} />
            ))}
          </>
        )}
      </div>
    </Band>
  );
}
