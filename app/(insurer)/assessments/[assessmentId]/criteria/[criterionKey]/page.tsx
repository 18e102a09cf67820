import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { AnswerForm } from '#components/assessment/answer/answer-form.tsx';
import { AnswerRead, OutsideResult } from '#components/assessment/answer/answer-read.tsx';
import { fixedWords } from '#components/assessment/answer/fixed-words.ts';
import { LeftBehind } from '#components/assessment/answer/left-behind.tsx';
import {
  type CriterionFacts,
  CriterionProvider,
  type CriterionTexts,
} from '#components/assessment/criterion/criterion-context.tsx';
import { CriterionNorm, PreviousCriterion } from '#components/assessment/criterion/criterion-norm.tsx';
import { criterionPath } from '#components/assessment/criterion/criterion-path.ts';
import { EvidenceAdd } from '#components/assessment/evidence/evidence-add.tsx';
import { EvidenceList } from '#components/assessment/evidence/evidence-list.tsx';
import { LibraryLink } from '#components/assessment/evidence/library-link.tsx';
import { LastRound } from '#components/assessment/last-round/last-round.tsx';
import { TakenOverMark } from '#components/assessment/last-round/taken-over-mark.tsx';
import { Live } from '#components/assessment/live/live.tsx';
import { NotesRow } from '#components/assessment/notes/notes-row.tsx';
import { Outline } from '#components/assessment/outline/outline.tsx';
import { RequestsHere } from '#components/assessment/requests/requests-here.tsx';
import { Row } from '#components/assessment/row.tsx';
import { ReturnedReason } from '#components/assessment/submission/returned-reason.tsx';
import { ScorePanel, ShortScore } from '#components/assessment/tasks/score-panel.tsx';
import { ReadingPage } from '#components/frame/reading-page.tsx';
import { Button } from '#components/ui/button.tsx';
import { PageLink } from '#components/ui/page-link.tsx';
import { SkipLink } from '#components/ui/skip-link.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import { type CriterionPage, getCriterion } from '#services/assessments/get-criterion.ts';
import { platformLimits } from '#services/evidence/evidence-context.ts';
import { Frame } from '../../../../../frame.tsx';
import {
  addWebAddressAction,
  changeLocatorAction,
  linkEvidenceAction,
  removeEvidenceAction,
  removeEvidenceLinkAction,
} from '../../evidence/actions.ts';
import { takeOverAnswerAction } from '../../last-round/actions.ts';
import { resolveNoteAction, saveNoteAction, seeMentionsAction } from '../../notes/actions.ts';
import { saveAnswerAction } from '../actions.ts';

const noteActions = { save: saveNoteAction, resolve: resolveNoteAction, see: seeMentionsAction };

const evidenceActions = {
  changeLocator: changeLocatorAction,
  removeLink: removeEvidenceLinkAction,
  remove: removeEvidenceAction,
  addWebAddress: addWebAddressAction,
  link: linkEvidenceAction,
};

type CriterionPageProps = {
  params: Promise<{ assessmentId: string; criterionKey: string }>;
  searchParams: Promise<{ upload?: string | string[] }>;
};

export async function generateMetadata({ params }: CriterionPageProps): Promise<Metadata> {
  const t = await getTranslations('assessment.criterion');
  return { title: t('kind', { key: (await params).criterionKey }) };
}

export default async function CriterionRoute({ params, searchParams }: CriterionPageProps) {
  const [{ assessmentId, criterionKey }, { upload }] = await Promise.all([params, searchParams]);
  const [page, t, history, previous, locale, format] = await Promise.all([
    readPage('assessment.read', getCriterion, { assessmentId, criterionKey }),
    getTranslations('assessment.criterion'),
    getTranslations('history'),
    getTranslations('previous'),
    getLocale().then(localeOf),
    readFormatter(),
  ]);
  const { criterion, answer, readOnly, outside, next } = page;
  return (
    <Frame current="assessments">
      <CriterionProvider
        facts={factsOf(page, locale, messages[locale].assessment.criterion.live)}
        score={{ score: page.score, effect: null, blocks: page.blocks }}
      >
        <ReadingPage
          outlineTitle={t('outlineTitle', { round: page.assessment.roundName })}
          outline={<Outline label={t('outlineLabel')} about={aboutOf(page)} />}
          glossLabel={t('glossLabel')}
          gloss={<ScorePanel />}
        >
          <SkipLink target="norm">{t('skip')}</SkipLink>
          <ShortScore />
          <CriterionNorm page={page} />
          <ReturnedReason page={page} />
          <RequestsHere page={page} />
          <Live
            key={`live ${criterion.key}`}
            {...liveOf(page)}
            criterionKey={criterion.key}
            texts={messages[locale].live.page}
          />
          {readOnly ? (
            <>
              <LeftBehind kept={answer} />
              <AnswerRead page={page} readOnly={readOnly} />
            </>
          ) : (
            <AnswerForm
              key={criterion.key}
              action={saveAnswerAction}
              answer={{ response: answer.response, explanation: answer.explanation, version: answer.version }}
              savedWords={savedWords()}
              outside={outside ? <OutsideResult outside={outside} /> : undefined}
              words={{
                answer: t('answer'),
                effect: t('effect'),
                explanation: outside ? t('remark') : t('explanation'),
                hint: outside ? t('remarkHint') : t('explanationHint'),
                earlier: history('link'),
              }}
            />
          )}
          {page.takenOver && (
            <TakenOverMark words={previous('mark', { round: page.takenOver })} explanation={answer.explanation} />
          )}
          <Row
            id="evidence"
            side={
              <>
                <h2 id="evidence-head" tabIndex={-1}>
                  {t('evidence')}
                </h2>
                <span className="meta" aria-live="polite" aria-atomic="true">
                  {t('evidenceCount', { count: page.evidence.length })}
                </span>
                <LibraryLink assessmentId={assessmentId} />
              </>
            }
          >
            <EvidenceList page={page} actions={evidenceActions} />
            {!readOnly && (
              <EvidenceAdd
                page={page}
                actions={evidenceActions}
                uploads={[upload ?? []].flat()}
                limits={platformLimits()}
              />
            )}
          </Row>
          <LastRound page={page} action={takeOverAnswerAction} />
          <NotesRow page={page} actions={noteActions} />
          <Row place="end" side={<PreviousCriterion page={page} />}>
            {readOnly ? (
              <PageLink href={next ? criterionPath(assessmentId, next.key) : `/assessments/${assessmentId}/check`}>
                {next ? t('goNext', { key: next.key }) : t(fixedWords(page.assessment) ? 'goAll' : 'goCheck')}
              </PageLink>
            ) : (
              <>
                <Button type="submit" form="answer" name="intent" value="next">
                  {next ? t('saveAndNext') : t('saveAndCheck')}
                </Button>
                <p className="meta">
                  {next
                    ? t.rich('next', { key: () => <span className="key">{next.key}</span>, short: next.short[locale] })
                    : t('nextCheck')}
                </p>
              </>
            )}
          </Row>
        </ReadingPage>
      </CriterionProvider>
    </Frame>
  );

  function savedWords(): string {
    if (!answer.savedAt) return '';
    const at = new Date(answer.savedAt);
    const time = format.dateTime(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const day = (instant: Date) => format.dateTime(instant, { day: 'numeric', month: 'long', year: 'numeric' });
    const today = day(at) === day(new Date(page.readAt));
    return today ? t('savedToday', { time }) : t('savedOn', { date: day(at), time });
  }

  function aboutOf({ assessment, score }: CriterionPage): string[] {
    const date = format.dateTime(new Date(assessment.deadlineAt), { day: 'numeric', month: 'long', year: 'numeric' });
    const term = assessment.deadlineOver
      ? t('deadlineOver', { date })
      : t('deadline', { date, left: assessment.daysLeft });
    const fixed = fixedWords(assessment);
    return [
      t('answered', { responded: score.responded, applicable: score.applicable }),
      fixed ? t(`readOnly.${fixed.title}.title`) : term,
    ];
  }
}

const liveOf = ({ assessment, userId, readAt, colleagues }: CriterionPage) => ({
  assessmentId: assessment.id,
  userId,
  readAt,
  colleagues,
});

function factsOf(page: CriterionPage, locale: 'nl' | 'en', texts: CriterionTexts): CriterionFacts {
  const asks = (key: string) => page.returned?.items.some((item) => item.key === key) === true;
  return {
    texts,
    locale,
    userId: page.userId,
    assessmentId: page.assessment.id,
    criterionKey: page.criterion.key,
    sectionKey: page.section.key,
    readAt: page.readAt,
    intakeComplete: page.intakeComplete,
    fixed: fixedWords(page.assessment) !== null,
    criteria: page.neighbours.map(({ key, level, short }) => ({ key, level, short: short[locale], asked: asks(key) })),
    sections: page.outline.map(({ title, ...section }) => ({ ...section, title: title[locale] })),
  };
}
