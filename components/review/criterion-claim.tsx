import { getLocale, getTranslations } from 'next-intl/server';
import { keepHyphens } from '#components/ui/keep-hyphens.tsx';
import type { CountsState } from '#domain/findings.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { CriterionView } from '#services/reviews/criterion-view.ts';
import type { DeskFacts } from '#services/reviews/desk-facts.ts';
import type { EarlierVerdict } from '#services/reviews/get-review.ts';
import { CarriedNote } from '../score/carried-note.tsx';
import { WhoseScore } from '../score/whose-score.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { type DiffPart, diffWords } from '../ui/text-diff.ts';
import { VerdictCounts } from './claims/verdict-counts.tsx';
import { EarlierVerdicts } from './earlier-verdicts.tsx';
import type { OpenedPiece } from './evidence/evidence-places.ts';
import { EvidenceRows } from './evidence/evidence-rows.tsx';
import { ReviewRow } from './review-row.tsx';

type CriterionClaimProps = {
  view: CriterionView;
  files: DeskFacts['files'];
  lastRound: DeskFacts['lastRound'];
  earlier: readonly EarlierVerdict[];
  opened: OpenedPiece | null;
  /** The address of this criterion. */
  here: string;
  /** How the counts of claim files that the verdict quotes stand to those of now. */
  quoted: CountsState | null;
  mayDecide: boolean;
};

/** What the norm asks, what the insurer claims, with what, and what was said about it before. */
export async function CriterionClaim({
  view,
  files,
  lastRound,
  earlier,
  opened,
  here,
  quoted,
  mayDecide,
}: CriterionClaimProps) {
  const [t, desk, format, locale] = await Promise.all([
    getTranslations('review'),
    getTranslations('desk'),
    readFormatter(),
    getLocale().then(localeOf),
  ]);
  const { key, criterion, trace, verdict, before, outsideResult, outsideImport } = view;
  const changed = before ? format.list(before.parts.map((part) => t(`claim.parts.${part}`))) : '';
  const diff = diffWords(before?.explanation ?? view.explanation, view.explanation);
  const day = (date: Date) => format.dateTime(date, { dateStyle: 'long' });
  return (
    <>
      <ReviewRow name={<span className="h2 voice">{key}</span>}>
        <h2 className="vh">{t('claim.criterion', { key })}</h2>
        <blockquote className="quote" lang="nl">
          {keepHyphens(criterion.text.nl)}
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
          <p>
            {before.verdict
              ? t('claim.changedText', { parts: changed })
              : desk('changes.sinceText', { parts: changed })}
          </p>
          {before.verdict && (
            <p className="meta">
              {t('claim.verdictThen', { response: t(`responses.${before.verdict.response ?? 'none'}`) })}
            </p>
          )}
          {before.parts.includes('response') && (
            <p className="meta">
              {t('claim.previousAnswer')}: {t(`claims.${before.response ?? 'none'}`)}
            </p>
          )}
          {before.parts.includes('explanation') && <Compared parts={diff.left} label={t('claim.previousAnswer')} />}
        </ReviewRow>
      )}
      {(!view.carried || view.answer) && (
        <ReviewRow name={<WhoseScore whose="own">{t('claim.insurer')}</WhoseScore>}>
          <p>
            <b>{answerText()}</b>
            {view.answer && view.selfDeclared && <span className="meta"> {t('claim.selfDeclared')}</span>}
          </p>
          {view.answer && (
            <p className={view.explanation ? 'prewrap' : 'meta'}>
              {view.explanation ? <Marked parts={diff.right} /> : t('claim.noExplanation')}
            </p>
          )}
          {trace.by && <p className="meta">{t('claim.surpassed', { key: trace.by })}</p>}
        </ReviewRow>
      )}
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
      {(!view.carried || view.evidence.length > 0) && (
        <ReviewRow name={t('claim.evidence')}>
          {view.evidence.length === 0 ? (
            <p className="meta">{t('claim.evidenceCount', { count: 0 })}</p>
          ) : (
            <EvidenceRows pieces={view.evidence} files={files} opened={opened} here={here} />
          )}
        </ReviewRow>
      )}
      {lastRound && (
        <ReviewRow
          name={
            <>
              {desk('last.row')} <span className="meta">{lastRound.roundName}</span>
            </>
          }
        >
          <p>
            <b>{t(`claims.${lastRound.response ?? 'none'}`)}</b>{' '}
            {lastRound.verdict ? (
              <span className="meta">
                {desk('last.verdict', { response: t(`responses.${lastRound.verdict.response}`) })}
                {lastRound.verdict.overrides && `, ${desk('last.overridden')}`}
                {lastRound.verdict.ground && `, ${t(`grounds.${lastRound.verdict.ground}`)}`}
              </span>
            ) : (
              <span className="meta">{desk('last.noVerdict')}</span>
            )}
          </p>
          {lastRound.verdict?.reason && <p className="prewrap">{lastRound.verdict.reason}</p>}
          {lastRound.explanation && (
            <Disclosure summary={desk('last.explanation')}>
              <p className="prewrap">{lastRound.explanation}</p>
            </Disclosure>
          )}
        </ReviewRow>
      )}
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
          <VerdictCounts counts={verdict.claimCounts} state={quoted} mayDecide={mayDecide} />
        </ReviewRow>
      )}
      {earlier.length > 0 && <EarlierVerdicts verdicts={earlier} />}
    </>
  );

  function answerText(): string {
    if (view.answer) return t(`claims.${view.answer}`);
    return trace.applies ? t('claims.none') : t('claims.notAsked');
  }
}

/** The former text, with what is no longer there marked; in the present one what is new is. */
function Compared({ parts, label }: { parts: readonly DiffPart[]; label: string }) {
  return (
    <p className="prewrap">
      <span className="meta">{label}: </span>
      <Marked parts={parts} />
    </p>
  );
}

function Marked({ parts }: { parts: readonly DiffPart[] }) {
  let place = 0;
  return parts.map((part) => {
    const key = place;
    place += part.text.length;
    return part.differs ? <mark key={key}>{part.text}</mark> : <span key={key}>{part.text}</span>;
  });
}
