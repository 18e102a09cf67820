import { randomUUID } from 'node:crypto';
import { getLocale, getTranslations } from 'next-intl/server';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { formatMoment } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { AssessmentStatus } from '#services/assessments/assessment-status.ts';
import type { FormAction } from '#services/form-result.ts';
import type { RequestView } from '#services/requests/request-facts.ts';
import { ExtensionForm } from './extension-form.tsx';

type ExtensionPartProps = {
  status: AssessmentStatus;
  /** What the supervisor asks; on the page of one question that one alone. */
  requests: readonly RequestView[];
  /** The question on whose page it stands. */
  backTo?: string;
  mayAsk: boolean;
  action: FormAction;
};

/**
 * More time: what was asked for and what became of it, and the form that asks. Only while there is something to hand in, a
 * draft outcome to respond to, or a question to answer.
 */
export async function ExtensionPart({ status, requests, backTo, mayAsk, action }: ExtensionPartProps) {
  const term = termOf(status, requests);
  if (!term) return null;
  const [t, locale] = await Promise.all([getTranslations('extension'), getLocale().then(localeOf)]);
  const { endsAt, over } = term;
  const deadline = formatMoment(endsAt, locale);
  const consequence = term.asked ? 'consequenceRequests' : over ? 'consequenceOver' : 'consequence';
  const { reason, reasonHint, submit, problems, refusals } = messages[locale].extension;
  return (
    <>
      <ExtensionAnswer status={status} term={term} />
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
                backTo={backTo}
                texts={{ reason, reasonHint, submit, problems }}
                refusals={refusals}
              />
            }
          >
            <p>{t(consequence, { moment: deadline })}</p>
          </ConfirmStep>
        </div>
      ) : (
        over && status.editable && !stands(status) && <p className="meta">{t('whoElse')}</p>
      )}
    </>
  );
}

/** The request that stands, what was given, or the refusal where nothing was decided since. */
async function ExtensionAnswer({ status, term }: { status: AssessmentStatus; term: Term }) {
  const [t, locale] = await Promise.all([getTranslations('extension'), getLocale().then(localeOf)]);
  const { extension, notices } = status;
  if (!extension) return null;
  const { endsAt, over, asked } = term;
  const deadline = formatMoment(endsAt, locale);
  if (stands(status)) {
    return (
      <Notice id="extension" title={t('standsTitle', { moment: formatMoment(extension.askedAt, locale) })}>
        <p>
          {over
            ? t(asked ? 'standsOverRequests' : 'standsOver', { moment: deadline })
            : t('standsText', { moment: deadline })}
        </p>
        <Quoted label={t('yourReason')} text={extension.reason} />
      </Notice>
    );
  }
  const { extended } = notices;
  // While something is filled in, the notice on top says it.
  if (!status.editable && extension.granted && extended?.termAt && extended.sentAt >= extension.askedAt) {
    return (
      <Notice title={t('grantedTitle', { moment: formatMoment(extended.termAt, locale) })}>
        {extended.reason && <Quoted label={t('theirReason')} text={extended.reason} />}
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

type Term = {
  endsAt: Date;
  over: boolean;
  /** It is that of information requests. */
  asked: boolean;
};

/** The term that more time would move: of the questions in review, of the hearing, else of handing in; null for none. */
function termOf(
  { state, editable, hearing, deadlineAt, deadlineOver }: AssessmentStatus,
  requests: readonly RequestView[],
): Term | null {
  if (editable) return { endsAt: deadlineAt, over: deadlineOver, asked: false };
  if (state === 'hearing' && hearing) return { endsAt: hearing.termAt, over: hearing.termOver, asked: false };
  if (state !== 'in_review' && state !== 'in_decision') return null;
  const ends = (wanted: RequestView['state']) =>
    requests.filter((request) => request.state === wanted).map(({ termAt }) => termAt.getTime());
  const [open, overdue] = [ends('open'), ends('overdue')];
  if (open.length > 0) return { endsAt: new Date(Math.min(...open)), over: false, asked: true };
  return overdue.length > 0 ? { endsAt: new Date(Math.max(...overdue)), over: true, asked: true } : null;
}

const stands = ({ extension }: AssessmentStatus) => extension !== null && extension.granted === null;
