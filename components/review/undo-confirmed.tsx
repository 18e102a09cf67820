import { getLocale, getTranslations } from 'next-intl/server';
import { messages } from '#lib/i18n/messages.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { FormAction } from '#services/form-result.ts';
import type { ConfirmedTogether } from '#services/reviews/confirmed-together.ts';
import type { ReviewHead } from '#services/reviews/review-view.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { Notice } from '../ui/notice.tsx';
import { StepForm } from './step-form.tsx';

type UndoConfirmedProps = {
  head: ReviewHead;
  confirmed: readonly ConfirmedTogether[];
  /** The section whose list is shown, and shown again afterwards. */
  sectionKey: string | null;
  action: FormAction;
};

/** What was confirmed together last, and the way back; lists from before it are folded away. */
export async function UndoConfirmed({ head, confirmed, sectionKey, action }: UndoConfirmedProps) {
  const [t, format, locale] = await Promise.all([getTranslations('desk.undo'), readFormatter(), getLocale()]);
  const [last, ...before] = confirmed;
  if (!last) return null;
  const undo = ({ confirmedAt }: ConfirmedTogether) => (
    <StepForm
      keyShortcut="Z"
      action={action}
      assessmentId={head.assessmentId}
      hidden={{ confirmedAt, ...(sectionKey && { sectionKey }) }}
      kind="plain"
      submit={t('submit')}
      failed={t('failed')}
      refusals={messages[locale].desk.refusals}
    />
  );
  return (
    <Notice level={2} title={titleOf(last)}>
      <div className="next-steps">
        <p>{t('text', { keys: last.keys.join(', ') })}</p>
        {undo(last)}
        {before.length > 0 && (
          <Disclosure summary={t('before', { count: before.length })}>
            <ul className="history batches">
              {before.map((batch) => (
                <li key={batch.confirmedAt}>
                  <p>
                    <b>{titleOf(batch)}</b>
                  </p>
                  <p className="meta">{batch.keys.join(', ')}</p>
                  {undo(batch)}
                </li>
              ))}
            </ul>
          </Disclosure>
        )}
      </div>
    </Notice>
  );

  function titleOf({ keys, confirmedAt }: ConfirmedTogether): string {
    return t('title', {
      count: keys.length,
      time: format.dateTime(new Date(confirmedAt), { dateStyle: 'long', timeStyle: 'short' }),
    });
  }
}
