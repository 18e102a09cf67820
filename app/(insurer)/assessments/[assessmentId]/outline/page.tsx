import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Live } from '#components/assessment/live/live.tsx';
import { OutlineSections, OutlineViews } from '#components/assessment/outline/outline-sections.tsx';
import { assessmentPath, criterionPath, intakePath } from '#components/assessment/paths.ts';
import { PageHead } from '#components/frame/page-head.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import { getOutline, outlineViews } from '#services/assessments/get-outline.ts';
import { Frame } from '../../../../frame.tsx';

type OutlineProps = {
  params: Promise<{ assessmentId: string }>;
  searchParams: Promise<{ at?: string | string[]; show?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('outline.page'))('title') };
}

export default async function OutlineRoute({ params, searchParams }: OutlineProps) {
  const [{ assessmentId }, { at, show }] = await Promise.all([params, searchParams]);
  const [page, t, locale] = await Promise.all([
    readPage('assessment.read', getOutline, { assessmentId }),
    getTranslations('outline.page'),
    getLocale().then(localeOf),
  ]);
  const view = outlineViews.find((name) => name === show) ?? 'all';
  const current = page.sections.flatMap(({ criteria }) => criteria).find(({ key }) => key === at)?.key ?? null;
  const open = page.intake.asked - page.intake.answered;
  return (
    <Frame current="assessments">
      <div className="page">
        <PageHead
          side={
            <>
              {page.status.round.name}
              <br />
              {page.status.reference}
            </>
          }
          title={t('title')}
          meta={
            <a href={current ? criterionPath(assessmentId, current) : assessmentPath(assessmentId)}>
              {t('back', { key: current ?? page.status.round.name })}
            </a>
          }
        />
        <Live
          assessmentId={assessmentId}
          userId={page.userId}
          readAt={page.readAt}
          colleagues={page.colleagues}
          texts={messages[locale].live.page}
        />
        {open > 0 && (
          <Notice kind="attention" title={t('intake')}>
            <p>
              <a href={intakePath(assessmentId)}>{t('intakeOpen', { count: open })}</a>
            </p>
          </Notice>
        )}
        <OutlineViews page={page} view={view} current={current} />
        <OutlineSections page={page} view={view} current={current} />
      </div>
    </Frame>
  );
}
