import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { UnusedNotice } from '#components/assessment/evidence/unused-notice.tsx';
import { assessmentPath, submittedPath } from '#components/assessment/paths.ts';
import { BlockingPoints } from '#components/assessment/submission/blocking-points.tsx';
import { CheckAnswers } from '#components/assessment/submission/check-answers.tsx';
import { SigningBand } from '#components/assessment/submission/signing-band.tsx';
import { PresentLine } from '#components/assessment/team/present-line.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { PrintButton } from '#components/ui/print-button.tsx';
import { pageSession } from '#lib/auth/current-session.ts';
import { readPage } from '#lib/auth/read-page.ts';
import { formatMoment } from '#lib/i18n/dates.ts';
import { getCheck } from '#services/assessments/get-check.ts';
import { Frame } from '../../../../frame.tsx';
import { submitAssessmentAction } from '../../actions.ts';

type CheckPageProps = { params: Promise<{ assessmentId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('insurer.check'))('title') };
}

export default async function CheckPage({ params }: CheckPageProps) {
  const { assessmentId } = await params;
  const [check, { userName }, t, page, locale] = await Promise.all([
    readPage('assessment.read', getCheck, { assessmentId }),
    pageSession(),
    getTranslations('insurer.check'),
    getTranslations('insurer.page'),
    getLocale(),
  ]);
  const { status } = check;
  if (status.signed) redirect(submittedPath(status.id));
  const signs = check.maySign && check.blocks.length === 0 && check.hindrances.length === 0;
  return (
    <Frame current="assessments" reading={!signs}>
      <div className="page">
        <PageHead
          side={<a href={assessmentPath(status.id)}>{page('title', { round: status.round.name })}</a>}
          title={t(status.editable ? 'title' : 'titleRead')}
          meta={
            status.editable &&
            t(status.deadlineOver ? 'ended' : 'until', { moment: formatMoment(status.deadlineAt, locale) })
          }
          action={<PrintButton>{page('print')}</PrintButton>}
        />
        {status.editable && (
          <div className="gap-below">
            <PresentLine present={check.present} />
            <BlockingPoints check={check} />
            <UnusedNotice assessmentId={status.id} pieces={check.unused} />
          </div>
        )}
        <CheckAnswers
          assessmentId={status.id}
          intake={check.intake}
          sections={check.sections}
          total={check.total}
          fixed={!status.editable}
        />
        {status.editable && (
          <SigningBand check={check} signs={signs} userName={userName} action={submitAssessmentAction} />
        )}
      </div>
    </Frame>
  );
}
