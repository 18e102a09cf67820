import { getLocale, getTranslations } from 'next-intl/server';
import { formatMoment } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { FormAction } from '#services/form-result.ts';
import type { VersionView } from '#services/hearing/hearing-view.ts';
import type { ReviewOverview } from '#services/reviews/get-review-overview.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import type { ShowFile } from './evidence/enclosed-list.tsx';
import { ObjectionPart } from './objection-part.tsx';

type SentVersionPartProps = {
  overview: ReviewOverview;
  sent: VersionView;
  /** Null for who may not answer now. */
  answerAction: FormAction | null;
  show: ShowFile;
};

/** One version that was sent: how its term went, and what the insurer said of it. */
export async function SentVersionPart({ overview, sent, answerAction, show }: SentVersionPartProps) {
  const [t, locale] = await Promise.all([getTranslations('hearing.review'), getLocale().then(localeOf)]);
  const { assessmentId } = overview.head;
  const moment = formatMoment(sent.termAt, locale);
  const objections = sent.sections.flatMap(({ key, statement, stands }) =>
    statement && !statement.agrees ? [{ key, statement, stands }] : [],
  );
  const standing = objections.filter(({ stands }) => stands);
  const overtaken = objections.filter(({ stands }) => !stands);
  const agreed = sent.sections.filter(({ statement }) => statement?.agrees).map(({ key }) => key);
  const answered = standing.filter(({ statement }) => statement.answerVersion > 0).length;
  const titleOf = (key: string) =>
    overview.content?.sections.find((section) => section.key === key)?.title[locale] ?? '';
  const part = { assessmentId, draftOutcomeId: sent.id, answerAction, show };
  return (
    <>
      <p>
        <a href={`/reviews/${assessmentId}/draft-outcome?version=${sent.version}`}>
          {t('newest', { version: sent.version, moment: formatMoment(sent.sentAt, locale) })}
        </a>{' '}
        <span className="meta">{t('term', { moment })}</span>
      </p>
      <p>
        <b>
          {sent.respondedAt
            ? t('responded', { moment: formatMoment(sent.respondedAt, locale) })
            : t(sent.silent ? 'silent' : 'waiting', { moment })}
        </b>
        {standing.length > 0 && <> {t('answered', { answered, count: standing.length })}.</>}
      </p>
      {sent.respondedAt && objections.length === 0 && <p>{t('allAgreed')}</p>}
      {objections.length > 0 && agreed.length > 0 && <p>{t('agreed', { keys: agreed.join(', ') })}</p>}
      {standing.map(({ key, statement }) => (
        <ObjectionPart {...part} key={key} sectionKey={key} title={titleOf(key)} statement={statement} />
      ))}
      {overtaken.length > 0 && (
        <Disclosure summary={t('overtaken', { keys: overtaken.map(({ key }) => key).join(', ') })}>
          <p>{t('overtakenText')}</p>
          {overtaken.map(({ key, statement }) => (
            <ObjectionPart
              {...part}
              key={key}
              sectionKey={key}
              title={titleOf(key)}
              statement={statement}
              answerAction={null}
              overtakenIn={sent.version}
            />
          ))}
        </Disclosure>
      )}
    </>
  );
}
