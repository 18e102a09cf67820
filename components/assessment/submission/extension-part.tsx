import { randomUUID } from 'node:crypto';
import { getLocale, getTranslations } from 'next-intl/server';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { formatMoment } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { AssessmentStatus } from '#services/assessments/assessment-status.ts';
import type { FormAction } from '#services/form-result.ts';
import { ExtensionForm } from './extension-form.tsx';

type ExtensionPartProps = { status: AssessmentStatus; mayAsk: boolean; action: FormAction };

/**
 * More time: what was asked for and what became of it, and the form that asks. Only while there is something to hand in, or
 * a draft outcome to respond to.
 */
export async function ExtensionPart({ status, mayAsk, action }: ExtensionPartProps) {
  if (!status.editable && status.state !== 'hearing') return null;
  const [t, locale] = await Promise.all([getTranslations('extension'), getLocale().then(localeOf)]);
  const { endsAt, over } = termOf(status);
  const deadline = formatMoment(endsAt, locale);
  const { reason, reasonHint, submit, problems, refusals } = messages[locale].extension;
  return (
    <>
      <ExtensionAnswer status={status} />
      {mayAsk ? (
        <div id="extension" className="extension">
          <ConfirmStep
            trigger={t('trigger')}
            title={t('question')}
            actions={
              <ExtensionForm
                action={action}
                assessmentId={status.id}
                requestId={randomUUID()}
                texts={{ reason, reasonHint, submit, problems }}
                refusals={refusals}
              />
            }
          >
            <p>{t(over ? 'consequenceOver' : 'consequence', { moment: deadline })}</p>
          </ConfirmStep>
        </div>
      ) : (
        over && status.editable && !stands(status) && <p className="meta">{t('whoElse')}</p>
      )}
    </>
  );
}

/** The request that stands, or the refusal where nothing was decided since. */
async function ExtensionAnswer({ status }: { status: AssessmentStatus }) {
  const [t, locale] = await Promise.all([getTranslations('extension'), getLocale().then(localeOf)]);
  const { extension, notices } = status;
  if (!extension) return null;
  const { endsAt, over } = termOf(status);
  const deadline = formatMoment(endsAt, locale);
  if (stands(status)) {
    return (
      <Notice id="extension" title={t('standsTitle', { moment: formatMoment(extension.askedAt, locale) })}>
        <p>{over ? t('standsOver') : t('standsText', { moment: deadline })}</p>
        <Quoted label={t('yourReason')} text={extension.reason} />
      </Notice>
    );
  }
  const refusal = notices.extension_refused;
  // A later term, or a return with one of its own, took its place.
  if (!refusal || [notices.extended, notices.returned].some((other) => other && other.sentAt > refusal.sentAt)) {
    return null;
  }
  return (
    <Notice kind="attention" title={t('refusedTitle')}>
      <p>{t(over ? 'refusedOver' : 'refusedText', { moment: formatMoment(refusal.sentAt, locale), deadline })}</p>
      <Quoted label={t('theirReason')} text={refusal.reason} />
    </Notice>
  );
}

function Quoted({ label, text }: { label: string; text: string }) {
  return (
    <p className="prewrap">
      <span className="meta">{label}: </span>
      {text}
    </p>
  );
}

/** The term that more time would move: that of the hearing while one is held, else that of handing in. */
function termOf({ state, hearing, deadlineAt, deadlineOver }: AssessmentStatus): { endsAt: Date; over: boolean } {
  if (state === 'hearing' && hearing) return { endsAt: hearing.termAt, over: hearing.termOver };
  return { endsAt: deadlineAt, over: deadlineOver };
}

const stands = ({ extension }: AssessmentStatus) => extension !== null && extension.granted === null;
