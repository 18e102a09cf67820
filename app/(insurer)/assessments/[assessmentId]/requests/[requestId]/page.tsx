import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { SignedAnswer } from '#components/assessment/answer/signed-answer.tsx';
import { assessmentPath, criterionPath } from '#components/assessment/paths.ts';
import { SupplementPart } from '#components/assessment/requests/supplement-part.tsx';
import { ExtensionPart } from '#components/assessment/submission/extension-part.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { questionOf } from '#components/ui/request-question.ts';
import { requestSigns } from '#components/ui/request-signs.ts';
import { Tag } from '#components/ui/tag.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { formatMoment } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { platformLimits } from '#services/evidence/evidence-context.ts';
import { getRequest } from '#services/requests/get-request.ts';
import { Frame } from '../../../../../frame.tsx';
import { askExtensionAction } from '../../../actions.ts';
import { encloseEvidenceAction, removeEnclosureAction } from '../../evidence/actions.ts';
import { answerRequestAction, saveSupplementAction } from '../actions.ts';

type RequestPageProps = {
  params: Promise<{ assessmentId: string; requestId: string }>;
  searchParams: Promise<{ upload?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('requests'))('title') };
}

export default async function RequestRoute({ params, searchParams }: RequestPageProps) {
  const [page, { upload }, t, insurer, locale] = await Promise.all([
    params.then((input) => readPage('request.read', getRequest, input)),
    searchParams,
    getTranslations('requests'),
    getTranslations('insurer.page'),
    getLocale().then(localeOf),
  ]);
  const { assessment, request, criterion } = page;
  const { key, short, text, authority } = criterion;
  return (
    <Frame current="assessments">
      <div className="page">
        <PageHead
          side={<a href={assessmentPath(assessment.id)}>{insurer('title', { round: assessment.roundName })}</a>}
          title={t('insurer.title', { key })}
          meta={
            <>
              <Tag kind={requestSigns[request.state]}>{t(`states.${request.state}`)}</Tag>{' '}
              {request.state === 'open' && t('term', { moment: formatMoment(request.termAt, locale) })}
            </>
          }
        />
        <Band
          id="question"
          title={t('insurer.question')}
          meta={t('asked', { moment: formatMoment(request.sentAt, locale) })}
        >
          <p className="prewrap lead">{questionOf(request, (file) => t('refusedFile', { title: file }))}</p>
        </Band>
        <Band
          id="norm"
          title={t('insurer.norm')}
          meta={<a href={criterionPath(assessment.id, key)}>{`${key} ${short[locale]}`}</a>}
        >
          <blockquote className="norm" lang={authority}>
            <p>{text[authority]}</p>
          </blockquote>
          {locale !== authority && (
            <>
              <p className="courtesy">{text[locale]}</p>
              <p className="meta">{t('insurer.courtesy')}</p>
            </>
          )}
        </Band>
        <Band
          id="signed"
          title={t('insurer.signed')}
          meta={t('insurer.signedMeta', { moment: formatMoment(page.signed.at, locale) })}
        >
          <SignedAnswer signed={page.signed} />
        </Band>
        <Band id="answer" title={t('insurer.supplement')}>
          <SupplementPart
            page={page}
            actions={{
              save: saveSupplementAction,
              send: answerRequestAction,
              enclose: encloseEvidenceAction,
              remove: removeEnclosureAction,
            }}
            uploads={[upload ?? []].flat()}
            limits={platformLimits()}
          />
          <ExtensionPart
            status={page.status}
            requests={[request]}
            backTo={request.id}
            mayAsk={page.open && page.may.askExtension}
            action={askExtensionAction}
          />
        </Band>
      </div>
    </Frame>
  );
}
