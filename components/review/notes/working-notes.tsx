import { randomUUID } from 'node:crypto';
import { getLocale, getTranslations } from 'next-intl/server';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import { messages } from '#lib/i18n/messages.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { FormAction } from '#services/form-result.ts';
import type { NoteView } from '#services/reviews/note-view.ts';
import { StepForm } from '../step-form.tsx';
import { NoteForm } from './note-form.tsx';

type WorkingNotesProps = {
  assessmentId: string;
  /** Null for the notes on the whole assessment. */
  criterionKey: string | null;
  /** Of the whole assessment; those about something else are left out here. */
  notes: readonly NoteView[];
  may: boolean;
  actions: { save: FormAction; remove: FormAction };
};

/** What the supervisor's people wrote for themselves, oldest first, and the form for one more. */
export async function WorkingNotes({ assessmentId, criterionKey, notes, may, actions }: WorkingNotesProps) {
  const [t, format, locale] = await Promise.all([getTranslations('desk.notes'), readFormatter(), getLocale()]);
  const { refusals } = messages[locale].desk;
  const about = notes.filter((note) => note.criterionKey === criterionKey);
  return (
    <>
      {about.length > 0 && (
        <ol className="working-notes">
          {about.map(({ id, text, name, writtenAt, mine }) => (
            <li key={id}>
              <p className="prewrap">{text}</p>
              <div className="note-foot meta">
                <span>
                  {t('by', {
                    name,
                    date: format.dateTime(new Date(writtenAt), { dateStyle: 'long', timeStyle: 'short' }),
                  })}
                </span>
                {mine && may && (
                  <ConfirmStep
                    trigger={t('remove')}
                    title={t('removeTitle')}
                    actions={
                      <StepForm
                        action={actions.remove}
                        assessmentId={assessmentId}
                        hidden={{ noteId: id, criterionKey: criterionKey ?? '' }}
                        submit={t('remove')}
                        failed={t('removeFailed')}
                        refusals={refusals}
                      />
                    }
                  >
                    <p>{t('removeText')}</p>
                  </ConfirmStep>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
      {may && (
        <details className="confirm">
          <summary className="link" aria-keyshortcuts="N">
            {t('write')}
          </summary>
          <NoteForm
            key={about.length}
            action={actions.save}
            assessmentId={assessmentId}
            criterionKey={criterionKey}
            noteId={randomUUID()}
            count={about.length}
            texts={{ label: t('label'), hint: t('hint'), submit: t('save'), failed: t('failed') }}
            refusals={refusals}
          />
        </details>
      )}
    </>
  );
}
