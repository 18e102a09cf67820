import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { EnclosedFile } from '#components/evidence/enclosed-file.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { OverviewChanges } from '#components/review/changes/overview-changes.tsx';
import { OverviewClaims } from '#components/review/claims/overview-claims.tsx';
import { DecisionPanel } from '#components/review/decision-panel.tsx';
import { ExtensionRequest } from '#components/review/extension-request.tsx';
import { HearingPart } from '#components/review/hearing-part.tsx';
import { InterestStep } from '#components/review/interest-step.tsx';
import { OverviewNotes } from '#components/review/notes/overview-notes.tsx';
import { OverviewBlocking } from '#components/review/overview-blocking.tsx';
import { OverviewHistory } from '#components/review/overview-history.tsx';
import { OverviewRequests } from '#components/review/overview-requests.tsx';
import { OverviewSections } from '#components/review/overview-sections.tsx';
import { ReturnForm } from '#components/review/return-form.tsx';
import { SentBackNotice } from '#components/review/sent-back-notice.tsx';
import { StateWords } from '#components/review/state-words.tsx';
import { StepForm } from '#components/review/step-form.tsx';
import { stepKeys } from '#components/review/step-keys.ts';
import { refusalWords } from '#components/review/verdict-words.ts';
import { WorkspaceKeys } from '#components/review/workspace-keys.tsx';
import { ButtonLink, ButtonRow } from '#components/ui/button.tsx';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { EnclosedPiece } from '#services/evidence/enclosed-pieces.ts';
import { openOf } from '#services/requests/request-facts.ts';
import {
  getReviewOverview,
  getReviewOverviewInput,
  type ReviewOverview,
} from '#services/reviews/get-review-overview.ts';
import { Frame } from '../../../frame.tsx';
import { declareConflictAction, proposeOutcomeAction, returnAssessmentAction, startReviewAction } from '../actions.ts';
import {
  approveOutcomeAction,
  assignReviewerAction,
  closeAssessmentAction,
  correctPublicationAction,
  extendTermAction,
  publishAssessmentAction,
  refuseExtensionAction,
  reopenAssessmentAction,
  revokeApprovalAction,
  sendBackOutcomeAction,
  unassignReviewerAction,
} from '../decision-actions.ts';
import { removeWorkingNoteAction, saveWorkingNoteAction } from '../desk-actions.ts';
import { answerObjectionAction, reopenReviewAction, sendDraftOutcomeAction } from '../hearing-actions.ts';
import { sendRequestsAction, withdrawRequestAction } from '../request-actions.ts';

const showFile = (piece: EnclosedPiece) => <EnclosedFile piece={piece} />;

const decisionActions = {
  approve: approveOutcomeAction,
  send_back: sendBackOutcomeAction,
  publish: publishAssessmentAction,
  revoke: revokeApprovalAction,
  correct: correctPublicationAction,
  extend: extendTermAction,
  close: closeAssessmentAction,
  reopen_closed: reopenAssessmentAction,
  assign: assignReviewerAction,
  unassign: unassignReviewerAction,
};

/** Where the final outcome can be looked at before it is published. */
const previewStates = ['in_review', 'hearing', 'proposed', 'decided'];

type ReviewPageProps = { params: Promise<{ assessmentId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('review.outline'))('overview') };
}

export default async function ReviewPage({ params }: ReviewPageProps) {
  const input = getReviewOverviewInput.safeParse(await params);
  if (!input.success) notFound();
  const [overview, t, interest, format, locale, refusals] = await Promise.all([
    readPage('assessment.status', getReviewOverview, input.data),
    getTranslations('review'),
    getTranslations('interest'),
    readFormatter(),
    getLocale().then(localeOf),
    refusalWords(),
  ]);
  const { head, content, may, assigned, waitingOn, decisions } = overview;
  const day = (date: Date) => format.dateTime(date, { dateStyle: 'long' });
  const moment = (date: Date) => format.dateTime(date, { dateStyle: 'long', timeStyle: 'short' });
  const facts = [
    { term: t('overview.state'), value: <StateWords overview={overview} /> },
    {
      term: t('overview.waiting'),
      value: t(`parties.${assigned.includes('me') && waitingOn === 'reviewer' ? 'me' : waitingOn}`),
    },
    {
      term: t('overview.assigned'),
      value: assigned.map((code) => (code === 'me' ? t('parties.me') : code)).join(', ') || t('queue.nobody'),
    },
    { term: t('overview.deadline'), value: moment(overview.deadlineAt) },
    { term: t('overview.due', { hearing: head.round.hearing ? 'yes' : 'no' }), value: day(head.round.decisionsDueAt) },
    ...(head.submission
      ? [
          {
            term: t('overview.submission'),
            value: t('overview.submissionText', {
              number: head.submission.number,
              date: moment(head.submission.signedAt),
              name: head.submission.signatory.name,
              function: head.submission.signatory.function,
            }),
          },
        ]
      : []),
  ];
  const first = content?.sections.find(({ applies, judged, toBeJudged }) => applies && judged < toBeJudged);
  const open = openOf(overview.requests);
  const form = { assessmentId: head.assessmentId, failed: t('overview.refused'), refusals };
  return (
    <Frame current="reviews" dense>
      <div className="page">
        <PageHead
          side={t('overview.side', { reference: head.reference })}
          title={head.organisation.name}
          meta={t('overview.meta', {
            round: head.round.name,
            scope: head.round.productScope,
            number: head.organisation.number,
          })}
        />
        <Band id="now" title={t('overview.now')}>
          <DefinitionList items={facts} />
        </Band>
        <Band id="next" title={t('overview.next')}>
          <div className="next-steps">
            <ExtensionRequest
              overview={overview}
              actions={{ grant: extendTermAction, refuse: refuseExtensionAction }}
            />
            <p className="intro">{t(`overview.steps.${stepOf(overview)}`)}</p>
            {overview.sentBack && !decisions && <SentBackNotice sentBack={overview.sentBack} />}
            {!content && <p className="intro">{t('overview.hidden')}</p>}
            <OverviewBlocking overview={overview} />
            <ButtonRow>
              {may.start && (
                <StepForm
                  {...form}
                  action={startReviewAction}
                  submit={t('overview.start')}
                  keyShortcut={stepKeys.start}
                />
              )}
              {content && (
                <ButtonLink
                  keyShortcut={stepKeys.continue}
                  kind={may.decide && first ? 'primary' : 'plain'}
                  href={`/reviews/${head.assessmentId}/sections/${first?.key ?? content.sections[0]?.key}`}
                >
                  {may.decide && first ? t('overview.continue') : t('overview.read')}
                </ButtonLink>
              )}
              {content && may.decide && (
                <ButtonLink
                  keyShortcut={stepKeys.undisputed}
                  kind="plain"
                  href={`/reviews/${head.assessmentId}/undisputed`}
                >
                  {t('undisputed.title')}
                </ButtonLink>
              )}
            </ButtonRow>
            {content && previewStates.includes(head.state) && (
              <p>
                <a href={`/reviews/${head.assessmentId}/outcome`} aria-keyshortcuts={stepKeys.preview}>
                  {t('preview.link')}
                </a>
              </p>
            )}
            {may.propose && overview.blocking.length === 0 && (
              <ConfirmStep
                keyShortcut={stepKeys.send}
                trigger={t('overview.propose')}
                title={t('overview.proposeTitle')}
                actions={<StepForm {...form} action={proposeOutcomeAction} submit={t('overview.propose')} />}
              >
                <p>{t('overview.proposeText')}</p>
                {open > 0 && <p>{t('overview.withdrawsRequests', { count: open })}</p>}
              </ConfirmStep>
            )}
            {may.return && (
              <ConfirmStep
                keyShortcut={stepKeys.return}
                trigger={t('overview.returnTrigger')}
                title={t('overview.returnTitle')}
                actions={
                  <ReturnForm
                    action={returnAssessmentAction}
                    assessmentId={head.assessmentId}
                    noticeId={randomUUID()}
                    groups={groupsOf(overview)}
                    since={overview.history.length}
                    texts={{
                      reason: t('return.reason'),
                      reasonHint: t('return.reasonHint'),
                      items: t('return.items'),
                      itemsHint: t('return.itemsHint'),
                      itemKey: t('return.itemKey'),
                      itemText: t('return.itemText'),
                      item: t.raw('return.item'),
                      more: t('return.more'),
                      term: t('return.term'),
                      termHint: t('return.termHint'),
                      days: t('return.days'),
                      daysLabel: t('return.daysLabel'),
                      date: t('return.date'),
                      dateLabel: t('return.dateLabel'),
                      submit: t('return.submit'),
                      failed: t('return.failed'),
                    }}
                    refusals={refusals}
                  />
                }
              >
                <p>{t('overview.returnText')}</p>
                {open > 0 && <p>{t('overview.withdrawsRequests', { count: open })}</p>}
              </ConfirmStep>
            )}
          </div>
        </Band>
        <HearingPart
          overview={overview}
          actions={{ send: sendDraftOutcomeAction, reopen: reopenReviewAction, answer: answerObjectionAction }}
          show={showFile}
        />
        {decisions && (
          <Band id="decisions" title={t('overview.decisions')}>
            <DecisionPanel
              assessmentId={head.assessmentId}
              facts={decisions}
              openRequests={open}
              sections={Object.fromEntries(
                (content?.sections ?? []).map(({ key, title }) => [key, `${key} ${title[locale]}`]),
              )}
              actions={decisionActions}
            />
          </Band>
        )}
        <OverviewChanges overview={overview} />
        {content && (
          <Band id="sections" title={t('overview.sections')}>
            <OverviewSections head={head} content={content} />
          </Band>
        )}
        <OverviewClaims overview={overview} />
        <OverviewRequests
          overview={overview}
          actions={{ send: sendRequestsAction, withdraw: withdrawRequestAction }}
          show={showFile}
        />
        <OverviewNotes overview={overview} actions={{ save: saveWorkingNoteAction, remove: removeWorkingNoteAction }} />
        <Band id="history" title={t('overview.history')}>
          <OverviewHistory history={overview.history} />
        </Band>
        <Band id="interest-head" title={interest('side')}>
          <InterestStep
            organisation={{ id: overview.organisationId, name: head.organisation.name }}
            action={declareConflictAction}
          />
        </Band>
      </div>
      <section className="keys" aria-label={t('keys.label')}>
        <WorkspaceKeys kind="overview" />
      </section>
    </Frame>
  );

  function groupsOf({ framework }: ReviewOverview) {
    const sections = content?.sections ?? [];
    return sections.map(({ key, title }) => {
      const label = t('return.section', { key, title: title[locale] });
      const own = framework.criteria.filter((criterion) => criterion.key.startsWith(`${key}.`));
      const options = own.map((criterion) => ({
        value: criterion.key,
        label: `${criterion.key} ${criterion.short[locale]}`,
      }));
      return { label, options: [{ value: key, label }, ...options] };
    });
  }
}

/** Which sentence says who takes the next step. */
function stepOf({ head: { state }, assigned, may, hearing }: ReviewOverview) {
  if (state === 'hearing') return hearing?.responded ? 'hearingResponded' : hearing?.termOver ? 'hearingOver' : state;
  if (state === 'in_review' && may.decide && hearing) return 'in_reviewMineHearing';
  if (state !== 'submitted' && state !== 'in_review') return state;
  if (may.start || may.decide) return `${state}Mine` as const;
  return assigned.length === 0 ? (`${state}Unassigned` as const) : state;
}
