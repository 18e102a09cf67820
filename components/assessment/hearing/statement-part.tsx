import { getLocale, getTranslations } from 'next-intl/server';
import { WordsForm } from '#components/frame/words-form.tsx';
import { messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import type { DraftOutcomePage } from '#services/hearing/get-draft-outcome.ts';
import { type EnclosureActions, Enclosures } from '../evidence/enclosures.tsx';

type StatementPartProps = {
  page: DraftOutcomePage;
  sectionKey: string;
  action: FormAction;
  files: EnclosureActions;
  /** What became of files that were posted for this section without script, as `code~file name`. */
  uploads: readonly string[];
  /** What the platform takes, in bytes. */
  limits: { file: number; assessment: number };
};

/** What the insurer says of one section, and with what: the form while it may, else what was said. */
export async function StatementPart({ page, sectionKey: key, action, files, uploads, limits }: StatementPartProps) {
  const [t, locale] = await Promise.all([getTranslations('hearing.statement'), getLocale()]);
  const { statement: texts, refusals } = messages[locale].hearing;
  const said = page.statements[key];
  const options = [
    { value: 'yes', label: texts.agrees },
    { value: 'no', label: texts.disagrees },
  ];
  const choice = options.find(({ value }) => value === choiceOf(said?.agrees))?.label ?? texts.nothing;
  return (
    <div className="heard" id={`statement-${key}`}>
      {page.may.save ? (
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
      ) : (
        <>
          <p>
            <b>{t('given', { choice })}</b>
          </p>
          {said?.text && <p className="prewrap">{said.text}</p>}
        </>
      )}
      <Files page={page} sectionKey={key} files={files} uploads={uploads} limits={limits} />
    </div>
  );
}

async function Files({ page, sectionKey, files, uploads, limits }: Omit<StatementPartProps, 'action'>) {
  const t = await getTranslations('evidence.enclosures');
  const { userId, choices, id: draftOutcomeId } = page;
  return (
    <Enclosures
      id={`statement-${sectionKey}-files`}
      title={t('statement', { key: sectionKey })}
      assessmentId={page.status.id}
      pieces={page.enclosed[sectionKey] ?? []}
      adding={
        page.may.save
          ? { userId, place: { draftOutcomeId, sectionKey }, choices, actions: files, uploads, limits }
          : null
      }
    />
  );
}

const choiceOf = (agrees: boolean | null | undefined) => (agrees == null ? '' : agrees ? 'yes' : 'no');
