import { randomUUID } from 'node:crypto';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { formatMoment } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import type { VersionView } from '#services/hearing/hearing-view.ts';
import type { ReviewOverview } from '#services/reviews/get-review-overview.ts';
import { Band } from '../frame/band.tsx';
import { WordsForm } from '../frame/words-form.tsx';
import { ConfirmStep } from '../ui/confirm-step.tsx';
import { EnclosedList, type ShowFile } from './evidence/enclosed-list.tsx';
import { StepForm } from './step-form.tsx';

type HearingPartProps = {
  overview: ReviewOverview;
  actions: Record<'send' | 'reopen' | 'answer', FormAction>;
  show: ShowFile;
};

/** The hearing of a case: what would be sent, what was sent and said, and every objection with its answer. */
export async function HearingPart({ overview, actions, show }: HearingPartProps) {
  const [t, locale] = await Promise.all([getTranslations('hearing.review'), getLocale().then(localeOf)]);
  const { hearing, head } = overview;
  if (!hearing) return null;
  const { refusals } = messages[locale].hearing;
  const { assessmentId } = head;
  const [newest, ...older] = hearing.versions;
  const preview = `/reviews/${assessmentId}/draft-outcome`;
  const form = { assessmentId, failed: t('failed'), refusals };
  return (
    <Band id="hearing" title={t('title')} meta={t('days', { days: hearing.days })}>
      <div className="next-steps">
        {newest && (
          <NewestVersion
            overview={overview}
            newest={newest}
            answerAction={hearing.may.answer ? actions.answer : null}
            preview={preview}
            show={show}
          />
        )}
        {hearing.may.send && (
          <p>
            <a href={preview}>{t('preview')}</a>
          </p>
        )}
        {hearing.may.send && hearing.sending.length === 0 && (
          <ConfirmStep
            keyShortcut="D"
            trigger={t(newest ? 'sendAgain' : 'send')}
            title={t('sendQuestion', { organisation: head.organisation.name })}
            actions={
              <StepForm
                {...form}
                action={actions.send}
                hidden={{ id: randomUUID() }}
                submit={t(newest ? 'sendAgain' : 'send')}
              />
            }
          >
            <p>{t('sendText', { days: hearing.days })}</p>
          </ConfirmStep>
        )}
        {hearing.may.reopen && (
          <ConfirmStep
            trigger={t('reopen')}
            title={t('reopenQuestion')}
            actions={<StepForm {...form} action={actions.reopen} submit={t('reopen')} />}
          >
            <p>{t('reopenText')}</p>
          </ConfirmStep>
        )}
        {older.length > 0 && (
          <>
            <h3 className="h3">{t('older')}</h3>
            <ul className="ways">
              {older.map((sent) => (
                <li key={sent.id}>
                  <a href={`${preview}?version=${sent.version}`}>
                    {t('newest', { version: sent.version, moment: formatMoment(sent.sentAt, locale) })}
                  </a>{' '}
                  <span className="meta">{stateOf(sent)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Band>
  );

  function stateOf({ respondedAt, termAt, silent }: VersionView): ReactNode {
    if (respondedAt) return t('responded', { moment: formatMoment(respondedAt, locale) });
    return t(silent ? 'silent' : 'waiting', { moment: formatMoment(termAt, locale) });
  }
}

type NewestVersionProps = {
  overview: ReviewOverview;
  newest: VersionView;
  answerAction: FormAction | null;
  preview: string;
  show: ShowFile;
};

async function NewestVersion({ overview, newest, answerAction, preview, show }: NewestVersionProps) {
  const [t, locale] = await Promise.all([getTranslations('hearing.review'), getLocale().then(localeOf)]);
  const { review: texts, refusals } = messages[locale].hearing;
  const { assessmentId } = overview.head;
  const titleOf = (key: string) => overview.content?.sections.find((section) => section.key === key)?.title[locale];
  const moment = formatMoment(newest.termAt, locale);
  const objections = newest.sections.flatMap(({ key, statement }) =>
    statement && !statement.agrees ? [{ key, statement }] : [],
  );
  const agreed = newest.sections.filter(({ statement }) => statement?.agrees).map(({ key }) => key);
  const answered = objections.filter(({ statement }) => statement.answerVersion > 0).length;
  return (
    <>
      <p>
        <a href={`${preview}?version=${newest.version}`}>
          {t('newest', { version: newest.version, moment: formatMoment(newest.sentAt, locale) })}
        </a>{' '}
        <span className="meta">{t('term', { moment })}</span>
      </p>
      <p>
        <b>
          {newest.respondedAt
            ? t('responded', { moment: formatMoment(newest.respondedAt, locale) })
            : t(newest.silent ? 'silent' : 'waiting', { moment })}
        </b>
        {objections.length > 0 && <> {t('answered', { answered, count: objections.length })}.</>}
      </p>
      {newest.respondedAt && objections.length === 0 && <p>{t('allAgreed')}</p>}
      {objections.length > 0 && agreed.length > 0 && <p>{t('agreed', { keys: agreed.join(', ') })}</p>}
      {objections.map(({ key, statement }) => (
        <section key={key} id={`objection-${key}`} className="heard">
          <h3 className="h3">{t('objection', { key, title: titleOf(key) ?? '' })}</h3>
          <p className="meta">{t('theirWords')}</p>
          <blockquote className="prewrap quote">{statement.text}</blockquote>
          <EnclosedList pieces={statement.enclosed} show={show} />
          {answerAction ? (
            <WordsForm
              action={answerAction}
              id={`answer-${key}`}
              target={{ assessmentId, draftOutcomeId: newest.id, sectionKey: key }}
              version={statement.answerVersion}
              choice={null}
              text={statement.answer}
              texts={{
                ...texts,
                text: texts.answer,
                textHint: texts.answerHint,
                save: statement.answerVersion > 0 ? texts.answerChange : texts.answerSubmit,
                saved: messages[locale].hearing.statement.saved,
              }}
              refusals={refusals}
            />
          ) : (
            <>
              <p className="meta">{t('answerGiven')}</p>
              <p className="prewrap">{statement.answer || t('answerNone')}</p>
            </>
          )}
        </section>
      ))}
    </>
  );
}
