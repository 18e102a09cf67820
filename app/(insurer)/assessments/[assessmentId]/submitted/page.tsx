import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { HearingNotice } from '#components/assessment/hearing/hearing-notice.tsx';
import { assessmentPath, receiptFilePath, receiptPath, submissionFilePath } from '#components/assessment/paths.ts';
import { RequestList } from '#components/assessment/requests/request-list.tsx';
import { CheckAnswers } from '#components/assessment/submission/check-answers.tsx';
import { SubmissionRecord } from '#components/assessment/submission/submission-record.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { PrintButton } from '#components/ui/print-button.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { formatMoment } from '#lib/i18n/dates.ts';
import { getSubmissionPage } from '#services/assessments/get-submission-page.ts';
import { Frame } from '../../../../frame.tsx';

type SubmittedPageProps = { params: Promise<{ assessmentId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('insurer.signed'))('title') };
}

export default async function SubmittedPage({ params }: SubmittedPageProps) {
  const { assessmentId } = await params;
  const [signed, t, page, receipt, pdf, sign, locale] = await Promise.all([
    readPage('assessment.read', getSubmissionPage, { assessmentId }),
    getTranslations('insurer.signed'),
    getTranslations('insurer.page'),
    getTranslations('insurer.receipt'),
    getTranslations('receipt'),
    getTranslations('insurer.sign'),
    getLocale(),
  ]);
  const { status, submission } = signed;
  const { signatoryName: name, signatoryFunction, signedAt } = submission;
  const courtesy = locale !== 'nl' && sign('courtesy', { organisation: status.organisationName });
  return (
    <Frame current="assessments" reading>
      <div className="page">
        <PageHead
          side={<a href={assessmentPath(status.id)}>{page('title', { round: status.round.name })}</a>}
          title={t('title')}
          meta={t('meta', { moment: formatMoment(signedAt, locale), name, function: signatoryFunction })}
          action={<PrintButton>{page('print')}</PrintButton>}
        />
        <HearingNotice status={status} />
        <RequestList requests={signed.requests} asking={status.state === 'in_review'} />
        <CheckAnswers
          assessmentId={status.id}
          intake={signed.intake}
          sections={signed.sections}
          total={signed.total}
          fixed
        />
        <Band id="declaration" title={sign('title')}>
          <blockquote className="decl" lang={locale === 'nl' ? undefined : 'nl'}>
            {signed.declaration}
          </blockquote>
          {courtesy && <p className="meta">{courtesy}</p>}
          <SubmissionRecord status={status} submission={submission} />
          <div className="btnrow record-ways">
            <a href={receiptPath(status.id)}>{receipt('head')}</a>
            <a href={receiptFilePath(submission.id)} download>
              {pdf('download')}
            </a>
            <a href={submissionFilePath(submission.id)} download>
              {receipt('download')}
            </a>
          </div>
        </Band>
      </div>
    </Frame>
  );
}
