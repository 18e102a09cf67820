import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import {
  assessmentPath,
  claimsPath,
  receiptFilePath,
  submissionFilePath,
  submittedPath,
} from '#components/assessment/paths.ts';
import { WithdrawForm } from '#components/assessment/submission/withdraw-form.tsx';
import { withdrawTexts } from '#components/assessment/submission/withdraw-texts.ts';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { PrintButton } from '#components/ui/print-button.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { formatDay, formatMoment } from '#lib/i18n/dates.ts';
import { inFours } from '#lib/i18n/in-fours.ts';
import { getReceipt } from '#services/assessments/get-receipt.ts';
import { Frame } from '../../../../frame.tsx';
import { withdrawAssessmentAction } from '../../actions.ts';

type ReceiptPageProps = { params: Promise<{ assessmentId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('insurer.receipt'))('head') };
}

export default async function ReceiptPage({ params }: ReceiptPageProps) {
  const { assessmentId } = await params;
  const [{ status, submission, mayWithdraw, listAwaited }, t, pdf, page, states, steps, next, claims, locale] =
    await Promise.all([
      readPage('assessment.read', getReceipt, { assessmentId }),
      getTranslations('insurer.receipt'),
      getTranslations('receipt'),
      getTranslations('insurer.page'),
      getTranslations('insurer.states'),
      getTranslations('insurer.status'),
      getTranslations('insurer.next'),
      getTranslations('claims.insurer.notice'),
      getLocale(),
    ]);
  const { signatoryName, signatoryFunction, signedAt, sha256 } = submission;
  const rich = { due: formatDay(status.decisionsDueAt, locale), b: (text: ReactNode) => <b>{text}</b> };
  const waits = status.nextBy === 'supervisor' && !listAwaited;
  return (
    <Frame current="assessments">
      <div className="page">
        <PageHead
          side={<a href={assessmentPath(status.id)}>{page('title', { round: status.round.name })}</a>}
          title={t('title')}
          meta={status.state !== 'submitted' && states(status.state)}
          action={<PrintButton>{page('print')}</PrintButton>}
        />
        <Band id="receipt" title={t('head')}>
          <DefinitionList
            items={[
              { term: t('reference'), value: status.reference },
              { term: t('number'), value: String(submission.number) },
              { term: t('organisation'), value: status.organisationName },
              { term: t('round'), value: status.round.name },
              { term: t('at'), value: formatMoment(signedAt, locale) },
              { term: t('by'), value: t('signedBy', { name: signatoryName, function: signatoryFunction }) },
              { term: t('hash'), value: <span className="hash">{inFours(sha256)}</span> },
            ]}
          />
          <p className="meta">
            {t('hashWhy')} {pdf('downloadWhy')}
          </p>
          <div className="btnrow">
            <ButtonLink href={receiptFilePath(submission.id)} download>
              {pdf('download')}
            </ButtonLink>
            <ButtonLink kind="plain" href={submissionFilePath(submission.id)} download>
              {t('download')}
            </ButtonLink>
            <a href={submittedPath(status.id)}>{t('read')}</a>
          </div>
        </Band>
        <Band id="next" title={t('next')}>
          <div className="plain-text">
            {listAwaited && (
              <p>
                <b>{next('insurer')}.</b> {claims('asked')} <a href={claimsPath(status.id)}>{claims('askedLink')}</a>
              </p>
            )}
            {waits && <p>{steps.rich(status.state === 'submitted' ? 'submittedNext' : 'reviewNext', rich)}</p>}
            {status.state === 'submitted' && !status.deadlineOver && (
              <p>{steps('withdrawable', { deadline: formatMoment(status.deadlineAt, locale) })}</p>
            )}
            {mayWithdraw && (
              <WithdrawForm
                action={withdrawAssessmentAction}
                assessmentId={status.id}
                submissionId={submission.id}
                texts={await withdrawTexts(status.deadlineAt)}
              />
            )}
            <p>
              <a href={assessmentPath(status.id)}>{page('back')}</a>
            </p>
          </div>
        </Band>
      </div>
    </Frame>
  );
}
