import { getLocale, getTranslations } from 'next-intl/server';
import { formatMoment } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import type { RequestPage } from '#services/requests/get-request.ts';
import { type EnclosureActions, Enclosures } from '../evidence/enclosures.tsx';
import { SendSupplementForm, SupplementForm } from './supplement-form.tsx';

type SupplementPartProps = {
  page: RequestPage;
  actions: { save: FormAction; send: FormAction } & EnclosureActions;
  /** What became of files that were posted without script, as `code~file name`. */
  uploads: readonly string[];
  /** What the platform takes, in bytes. */
  limits: { file: number; assessment: number };
};

/** The supplement with its files: forms while it can be written, afterwards what was sent, or why there is nothing. */
export async function SupplementPart({ page, actions, uploads, limits }: SupplementPartProps) {
  const [t, evidence, locale] = await Promise.all([
    getTranslations('requests'),
    getTranslations('evidence.enclosures'),
    getLocale().then(localeOf),
  ]);
  const { request, open, may, criterion } = page;
  const texts = messages[locale].requests.insurer.form;
  const { assessmentId, id, version, text } = request;
  const form = { request: { assessmentId, id, version, text }, texts };
  const { userId, choices } = page;
  const files = (
    <Enclosures
      id="enclosures"
      title={evidence('supplement')}
      assessmentId={assessmentId}
      pieces={request.evidence}
      adding={open && may.save ? { userId, place: { requestId: id }, choices, actions, uploads, limits } : null}
    />
  );
  if (open && may.save) {
    return (
      <>
        <SupplementForm
          {...form}
          userId={userId}
          locale={locale}
          files={files}
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
        {files}
        {may.send ? <SendSupplementForm {...form} action={actions.send} /> : null}
      </>
    );
  }
  if (request.answeredAt) {
    return (
      <>
        <p className="prewrap">{text || t('noText')}</p>
        {files}
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
      {files}
    </>
  );

  function why(): string {
    if (request.withdrawnAt) return t('insurer.withdrawnText', { moment: formatMoment(request.withdrawnAt, locale) });
    if (request.state === 'overdue') return t('insurer.overdueText', { moment: formatMoment(request.termAt, locale) });
    return t('insurer.closedText');
  }
}
