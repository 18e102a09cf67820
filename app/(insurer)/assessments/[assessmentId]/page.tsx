import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { ClaimsNotice } from '#components/assessment/claims/claims-notice.tsx';
import { NormTitle } from '#components/assessment/criterion/norm-title.tsx';
import { NowPanel } from '#components/assessment/criterion/now-panel.tsx';
import { WorkAids } from '#components/assessment/criterion/work-aids.tsx';
import { Live } from '#components/assessment/live/live.tsx';
import { OpenNotesBand } from '#components/assessment/notes/open-notes.tsx';
import { RequestList } from '#components/assessment/requests/request-list.tsx';
import { ExtensionPart } from '#components/assessment/submission/extension-part.tsx';
import { StatusNotice } from '#components/assessment/submission/status-notice.tsx';
import { WithdrawForm } from '#components/assessment/submission/withdraw-form.tsx';
import { withdrawTexts } from '#components/assessment/submission/withdraw-texts.ts';
import { TaskList } from '#components/assessment/tasks/task-list.tsx';
import { TeamTable } from '#components/assessment/team/team-table.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { formatDay, formatMoment } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import { getTaskList } from '#services/assessments/get-task-list.ts';
import { Frame } from '../../../frame.tsx';
import { askExtensionAction, withdrawAssessmentAction } from '../actions.ts';

type AssessmentPageProps = { params: Promise<{ assessmentId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.places'))('assessments') };
}

export default async function AssessmentPage({ params }: AssessmentPageProps) {
  const { assessmentId } = await params;
  const [data, t, home, states, team, locale] = await Promise.all([
    readPage('assessment.read', getTaskList, { assessmentId }),
    getTranslations('insurer.page'),
    getTranslations('insurer.home'),
    getTranslations('insurer.states'),
    getTranslations('team.work'),
    getLocale(),
  ]);
  const { status, work } = data;
  const { round, submission } = status;
  const now = new Date();
  return (
    <Frame current="assessments">
      <div className="page">
        <PageHead
          side={
            <>
              {states(status.state)}
              <br />
              {status.reference}
            </>
          }
          title={t('title', { round: round.name })}
          meta={
            <>
              <NormTitle text={status.title} />.{' '}
              {home('period', {
                scope: round.productScope,
                from: formatDay(round.periodFrom, locale),
                to: formatDay(round.periodTo, locale),
              })}
              .{' '}
              {status.editable &&
                !status.deadlineOver &&
                t('submitUntil', { moment: formatMoment(status.deadlineAt, locale) })}
            </>
          }
        />
        <Live
          assessmentId={status.id}
          userId={data.userId}
          readAt={data.readAt}
          colleagues={data.present}
          texts={messages[localeOf(locale)].live.page}
        />
        <div className="gap-below">
          <RequestList requests={data.requests} asking={status.state === 'in_review'} />
          <ClaimsNotice assessmentId={status.id} claims={data.claims} />
          <StatusNotice
            status={status}
            spots={data.spots}
            asked={data.requests.some(({ state }) => state === 'open') || data.claims === 'asked'}
          >
            {data.mayWithdraw && submission && (
              <WithdrawForm
                action={withdrawAssessmentAction}
                assessmentId={status.id}
                submissionId={submission.id}
                texts={await withdrawTexts(status.deadlineAt)}
              />
            )}
          </StatusNotice>
          <ExtensionPart
            status={status}
            requests={data.requests}
            mayAsk={data.mayAskExtension}
            action={askExtensionAction}
          />
        </div>
        {work && (
          <>
            <NowPanel data={data} work={work} now={now} />
            <TaskList
              assessmentId={status.id}
              organisationName={status.organisationName}
              open={!status.deadlineOver}
              work={work}
              mayAssign={data.mayAssign}
            />
            <WorkAids assessmentId={status.id} work={work} lastRound={data.lastRound} />
          </>
        )}
        <Band id="team" title={team('title')}>
          <TeamTable label={team('people')} team={data.team} now={now} />
        </Band>
        <OpenNotesBand assessmentId={status.id} notes={data.notes} />
      </div>
    </Frame>
  );
}
