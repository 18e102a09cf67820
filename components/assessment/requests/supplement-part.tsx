import { getLocale, getTranslations } from 'next-intl/server';
import { formatMoment } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import type { RequestPage } from '#services/requests/get-request.ts';
import { SendSupplementForm, SupplementForm } from './supplement-form.tsx';

type SupplementPartProps = { page: RequestPage; actions: { save: FormAction; send: FormAction } };

/** The supplement: a form while it can be written, afterwards the text as it was sent, or why there is none. */
export async function SupplementPart({ page, actions }: SupplementPartProps) {
  const [t, locale] = await Promise.all([getTranslations('requests'), getLocale().then(localeOf)]);
  const { request, open, may, criterion } = page;
  const texts = messages[locale].requests.insurer.form;
  const { assessmentId, id, version, text } = request;
  const form = { request: { assessmentId, id, version, text }, texts };
  if (open && may.save) {
    return (
      <>
        <SupplementForm
          {...form}
          userId={page.userId}
          locale={locale}
          actions={{ save: actions.save, send: may.send ? actions.send : null }}
        />
        {!may.send && <p className="meta">{t('insurer.mayNotSend')}</p>}
      </>
    );
  }
  if (open) {
    return (
      <>
        <p className="meta">{t('insurer.mayNotSave', { section: criterion.sectionKey })}</p>
        {text && <p className="prewrap">{text}</p>}
        {may.send ? <SendSupplementForm {...form} action={actions.send} /> : null}
      </>
    );
  }
  if (request.answeredAt) {
    return (
      <>
        <p className="prewrap">{text || t('noText')}</p>
        <Pieces page={page} />
        <p className="meta">{t('insurer.sentMeta', { moment: formatMoment(request.answeredAt, locale) })}</p>
      </>
    );
  }
  return (
    <>
      <p>{why()}</p>
      {text && (
        <>
          <p className="prewrap">{text}</p>
          <p className="meta">{t('insurer.keptDraft')}</p>
        </>
      )}
    </>
  );

  function why(): string {
    if (request.withdrawnAt) return t('insurer.withdrawnText', { moment: formatMoment(request.withdrawnAt, locale) });
    if (request.state === 'overdue') return t('insurer.overdueText', { moment: formatMoment(request.termAt, locale) });
    return t('insurer.closedText');
  }
}

async function Pieces({ page: { request } }: { page: RequestPage }) {
  if (request.evidence.length === 0) return null;
  return (
    <ul className="ev">
      {request.evidence.map(({ id, kind, title, webAddress, locator }) => (
        <li key={id}>
          <a href={kind === 'web_address' && webAddress ? webAddress : `/api/evidence/${id}`}>{title}</a>{' '}
          <span className="meta">{locator}</span>
        </li>
      ))}
    </ul>
  );
}
