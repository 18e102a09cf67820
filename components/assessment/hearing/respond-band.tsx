import { getLocale, getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import { messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import type { DraftOutcomePage } from '#services/hearing/get-draft-outcome.ts';
import { RespondForm } from './respond-form.tsx';

const places = { not_chosen: 'agrees', no_text: 'text', files_agreed: 'files', refused_file: 'files' } as const;
const words = {
  not_chosen: 'notChosen',
  no_text: 'noText',
  files_agreed: 'filesAgreed',
  refused_file: 'refusedFile',
} as const;

/** Sending the response: what lacks as links to the spot, then the question. Nothing once that is not possible. */
export async function RespondBand({ page, action }: { page: DraftOutcomePage; action: FormAction }) {
  const [t, locale] = await Promise.all([getTranslations('hearing.respond'), getLocale()]);
  const { may, gaps, id, status } = page;
  if (!may.save && !may.respond) return null;
  return (
    <Band id="respond" title={t('title')}>
      {gaps.length > 0 && (
        <>
          <h3 className="h3">{t('gaps')}</h3>
          <ul className="ways">
            {gaps.map(({ sectionKey: key, because }) => (
              <li key={`${key} ${because}`}>
                <a href={`#statement-${key}-${places[because]}`}>{t(words[because], { key })}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {!may.respond && <p className="meta">{t('signatory')}</p>}
      {may.respond && gaps.length === 0 && (
        <ConfirmStep
          trigger={t('trigger')}
          title={t('question')}
          actions={
            <RespondForm
              action={action}
              assessmentId={status.id}
              draftOutcomeId={id}
              submit={t('submit')}
              failed={t('failed')}
              refusals={messages[locale].hearing.refusals}
            />
          }
        >
          <p>{t('consequence')}</p>
        </ConfirmStep>
      )}
    </Band>
  );
}
