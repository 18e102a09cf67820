import { getLocale, getTranslations } from 'next-intl/server';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import type { SectionStatement } from '#services/hearing/hearing-facts.ts';
import { WordsForm } from '../frame/words-form.tsx';
import { EnclosedList, type ShowFile } from './evidence/enclosed-list.tsx';
import { stepKeys } from './step-keys.ts';

type ObjectionPartProps = {
  assessmentId: string;
  draftOutcomeId: string;
  sectionKey: string;
  title: string;
  statement: SectionStatement;
  answerAction: FormAction | null;
  show: ShowFile;
  /** The version to which it was made, where a later one holds the insurer's last word on the section. */
  overtakenIn?: number;
};

/** What the insurer said against one section, with what went along, and the answer to it. */
export async function ObjectionPart(props: ObjectionPartProps) {
  const { assessmentId, draftOutcomeId, sectionKey: key, title, statement, answerAction, show, overtakenIn } = props;
  const [t, locale] = await Promise.all([getTranslations('hearing.review'), getLocale().then(localeOf)]);
  const { review: texts, refusals, statement: saying } = messages[locale].hearing;
  return (
    <section
      id={`objection-${key}${overtakenIn === undefined ? '' : `-${overtakenIn}`}`}
      className="heard"
      aria-keyshortcuts={answerAction ? stepKeys.objection : undefined}
    >
      <h3 className="h3">{t('objection', { key, title })}</h3>
      <p className="meta">{t('theirWords')}</p>
      <blockquote className="prewrap quote">{statement.text}</blockquote>
      <EnclosedList pieces={statement.enclosed} show={show} />
      {answerAction ? (
        <WordsForm
          action={answerAction}
          id={`answer-${key}`}
          target={{ assessmentId, draftOutcomeId, sectionKey: key }}
          version={statement.answerVersion}
          choice={null}
          text={statement.answer}
          texts={{
            ...texts,
            text: texts.answer,
            textHint: texts.answerHint,
            save: statement.answerVersion > 0 ? texts.answerChange : texts.answerSubmit,
            saved: saying.saved,
          }}
          refusals={refusals}
        />
      ) : (
        <>
          <p className="meta">{t('answerGiven')}</p>
          <p className="prewrap">
            {statement.answer || t(overtakenIn === undefined ? 'answerNone' : 'answerNotAsked')}
          </p>
        </>
      )}
    </section>
  );
}
