import { getLocale, getTranslations } from 'next-intl/server';
import { WordsForm } from '#components/frame/words-form.tsx';
import { messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import type { DraftOutcomePage } from '#services/hearing/get-draft-outcome.ts';

type StatementPartProps = { page: DraftOutcomePage; sectionKey: string; action: FormAction };

/** What the insurer says of one section: the form while it may, else what was said. */
export async function StatementPart({ page, sectionKey: key, action }: StatementPartProps) {
  const [t, locale] = await Promise.all([getTranslations('hearing.statement'), getLocale()]);
  const { statement: texts, refusals } = messages[locale].hearing;
  const said = page.statements[key];
  const options = [
    { value: 'yes', label: texts.agrees },
    { value: 'no', label: texts.disagrees },
  ];
  if (page.may.save) {
    return (
      <div className="said" id={`statement-${key}`}>
        <WordsForm
          action={action}
          id={`statement-${key}`}
          target={{ assessmentId: page.status.id, sectionKey: key }}
          version={said?.version ?? 0}
          choice={{ legend: t('legend', { key }), value: choiceOf(said?.agrees), options }}
          text={said?.text ?? ''}
          texts={texts}
          refusals={refusals}
        />
      </div>
    );
  }
  const choice = options.find(({ value }) => value === choiceOf(said?.agrees))?.label ?? texts.nothing;
  return (
    <div className="said" id={`statement-${key}`}>
      <p>
        <b>{t('given', { choice })}</b>
      </p>
      {said?.text && <p className="prewrap">{said.text}</p>}
    </div>
  );
}

const choiceOf = (agrees: boolean | null | undefined) => (agrees == null ? '' : agrees ? 'yes' : 'no');
