import { getLocale, getTranslations } from 'next-intl/server';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { CriterionView, EvidenceView } from '#services/reviews/criterion-view.ts';
import { CarriedNote } from '../score/carried-note.tsx';
import { WhoseScore } from '../score/whose-score.tsx';
import { Tag } from '../ui/tag.tsx';
import { diffWords } from '../ui/text-diff.ts';
import { ReviewRow } from './review-row.tsx';

/** What the norm asks, what the insurer claims, with what, and what was said about it before. */
export async function CriterionClaim({ view }: { view: CriterionView }) {
  const [t, format, locale] = await Promise.all([
    getTranslations('review'),
    readFormatter(),
    getLocale().then(localeOf),
  ]);
  const { key, criterion, trace, verdict, before, outsideResult, outsideImport } = view;
  const day = (date: Date) => format.dateTime(date, { dateStyle: 'long' });
  return (
    <>
      <ReviewRow name={<span className="h2 voice">{key}</span>}>
        <h2 className="vh">{t('claim.criterion', { key })}</h2>
        <blockquote className="quote" lang="nl">
          {criterion.text.nl}
        </blockquote>
        {locale === 'en' && (
          <p className="meta">
            {criterion.text.en} <em>{t('courtesy')}</em>
          </p>
        )}
        {!trace.applies && !view.carried && <p className="meta">{t('claim.notApplicable')}</p>}
        {criterion.claimFiles && <p className="meta">{t('claim.claimFiles')}</p>}
      </ReviewRow>
      {view.carried && (
        <ReviewRow name={t('claim.carried')}>
          <CarriedNote carried={view.carried} />
        </ReviewRow>
      )}
      {before && (
        <ReviewRow name={t('claim.changed')}>
          <p>{t('claim.changedText', { parts: format.list(before.parts.map((part) => t(`claim.parts.${part}`))) })}</p>
          <p className="meta">
            {t('claim.verdictThen', { response: t(`responses.${before.verdict.response ?? 'none'}`) })}
          </p>
          {before.parts.includes('response') && (
            <p className="meta">
              {t('claim.previousAnswer')}: {t(`claims.${before.response ?? 'none'}`)}
            </p>
          )}
          {before.parts.includes('explanation') && (
            <Changed was={before.explanation} is={view.explanation} label={t('claim.previousAnswer')} />
          )}
        </ReviewRow>
      )}
      <ReviewRow name={<WhoseScore whose="own">{t('claim.insurer')}</WhoseScore>}>
        <p>
          <b>{answerText()}</b>
          {view.answer && view.selfDeclared && <span className="meta"> {t('claim.selfDeclared')}</span>}
        </p>
        {view.answer && (
          <p className={view.explanation ? 'prewrap' : 'meta'}>{view.explanation || t('claim.noExplanation')}</p>
        )}
        {trace.by && <p className="meta">{t('claim.surpassed', { key: trace.by })}</p>}
      </ReviewRow>
      {outsideResult && (
        <ReviewRow name={t('claim.outside')}>
          {t('claim.outsideText', {
            response: t(`responses.${outsideResult.response}`),
            date: day(new Date(`${outsideResult.measuredOn}T12:00:00Z`)),
            source: outsideResult.source,
          })}
          {outsideImport && (
            <p className="meta">{t('claim.outsideImport', { by: outsideImport.by, date: day(outsideImport.at) })}</p>
          )}
        </ReviewRow>
      )}
      <ReviewRow name={t('claim.evidence')}>
        {view.evidence.length === 0 ? (
          <p className="meta">{t('claim.evidenceCount', { count: 0 })}</p>
        ) : (
          <ol className="ev">
            {view.evidence.map((piece) => (
              <li key={piece.id}>
                {piece.scan === 'clean' ? (
                  <a href={addressOf(piece)}>{piece.title}</a>
                ) : (
                  <span>
                    {piece.title} <Tag kind={piece.scan}>{t(`enclosed.${piece.scan}`)}</Tag>
                  </span>
                )}
                <span>{piece.locators.join(', ')}</span>
              </li>
            ))}
          </ol>
        )}
      </ReviewRow>
      {verdict && (
        <ReviewRow name={t('claim.last')}>
          <p>
            <b>{t(`responses.${verdict.response ?? 'none'}`)}</b>
            {verdict.ground && <>, {t(`grounds.${verdict.ground}`)}</>}{' '}
            <span className="meta">
              {verdict.by
                ? t('claim.lastBy', { by: verdict.by, date: day(verdict.decidedAt) })
                : day(verdict.decidedAt)}
            </span>
          </p>
          {verdict.reason && <p className="prewrap">{verdict.reason}</p>}
        </ReviewRow>
      )}
    </>
  );

  function answerText(): string {
    if (view.answer) return t(`claims.${view.answer}`);
    return trace.applies ? t('claims.none') : t('claims.notAsked');
  }
}

/** A file comes from our own route, always as a download; a web address is the insurer's, opened as it stands. */
export function addressOf({ id, kind, webAddress }: EvidenceView): string {
  return kind === 'web_address' && webAddress ? webAddress : `/api/evidence/${id}`;
}

/** The former text, with what is no longer there marked; the present one stands under it. */
function Changed({ was, is, label }: { was: string; is: string; label: string }) {
  let place = 0;
  return (
    <p className="prewrap">
      <span className="meta">{label}: </span>
      {diffWords(was, is).left.map((part) => {
        const key = place;
        place += part.text.length;
        return part.differs ? <mark key={key}>{part.text}</mark> : <span key={key}>{part.text}</span>;
      })}
    </p>
  );
}
