import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { CourtesyTitle, NormTitle } from '#components/assessment/criterion/norm-title.tsx';
import { SectionPlan } from '#components/assessment/last-round/section-plan.tsx';
import { TakeOverSectionForm } from '#components/assessment/last-round/take-over-section-form.tsx';
import { assessmentPath, lastRoundPath } from '#components/assessment/paths.ts';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { messages } from '#lib/i18n/messages.ts';
import { getSectionTakeOver } from '#services/last-round/get-section-take-over.ts';
import { Frame } from '../../../../../frame.tsx';
import { takeOverSectionAction } from '../actions.ts';

type LastRoundPageProps = { params: Promise<{ assessmentId: string; sectionKey: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('previous.page'))('title') };
}

export default async function LastRoundPage({ params }: LastRoundPageProps) {
  const input = await params;
  const [data, t, page, locale] = await Promise.all([
    readPage('assessment.read', getSectionTakeOver, input),
    getTranslations('previous.page'),
    getTranslations('insurer.page'),
    getLocale(),
  ]);
  const { assessmentId, section, sources, criteria } = data;
  const round = new Intl.ListFormat(locale).format(sources);
  const taking = criteria.filter(({ step }) => step === 'take').map(({ key }) => key);
  return (
    <Frame current="assessments">
      <div className="page">
        <PageHead
          side={<a href={assessmentPath(assessmentId)}>{page('title', { round: data.roundName })}</a>}
          title={sources.length > 0 ? t('heading', { section: section.key, round }) : t('title')}
          meta={
            <>
              <NormTitle text={section.title} />
              <CourtesyTitle text={section.title} />
            </>
          }
        />
        {sources.length === 0 ? (
          <Empty title={t('none')} level={2}>
            <p>{t('noneText')}</p>
          </Empty>
        ) : (
          <>
            <Band id="take-over" title={t('count', { count: taking.length })}>
              {data.mayTakeOver ? (
                <div className="take-over">
                  <p>{t('intro')}</p>
                  <TakeOverSectionForm
                    key={section.key}
                    action={takeOverSectionAction}
                    assessmentId={assessmentId}
                    sectionKey={section.key}
                    criterionKeys={taking}
                    submit={t('button', { count: taking.length })}
                    texts={messages[locale].previous.form}
                    words={messages[locale].previous.outcome}
                  />
                </div>
              ) : (
                <Notice title={t('readOnly')} />
              )}
            </Band>
            <Band id="plan" title={t('table')}>
              <SectionPlan assessmentId={assessmentId} criteria={criteria} />
            </Band>
          </>
        )}
        <Band id="others" title={t('other')}>
          <ul className="aid-sections">
            {data.sections
              .filter(({ key }) => key !== section.key)
              .map(({ key, title }) => (
                <li key={key}>
                  <a href={lastRoundPath(assessmentId, key)}>
                    {key} <NormTitle text={title} />
                  </a>
                </li>
              ))}
          </ul>
        </Band>
      </div>
    </Frame>
  );
}
