import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { DashboardFoot } from '#components/dashboard/dashboard-foot.tsx';
import { dashboardView, shows } from '#components/dashboard/dashboard-view.ts';
import { DownloadList } from '#components/dashboard/download-list.tsx';
import { EditionList } from '#components/dashboard/edition-list.tsx';
import { EditionNotices } from '#components/dashboard/edition-notices.tsx';
import { FiveSections } from '#components/dashboard/five-sections.tsx';
import { hearingWords } from '#components/dashboard/hearing-words.ts';
import { NarrowedSections } from '#components/dashboard/narrowed-sections.tsx';
import { ProfileBand } from '#components/dashboard/profile-band.tsx';
import { RoundsTrend } from '#components/dashboard/rounds-trend.tsx';
import { SectionArticle } from '#components/dashboard/section-article.tsx';
import { ShowLinks } from '#components/dashboard/show-links.tsx';
import { TotalBlock } from '#components/dashboard/total-block.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import { getDashboard, getDashboardInput } from '#services/publications/get-dashboard.ts';
import { Frame } from '../../../frame.tsx';

type DashboardPageProps = {
  params: Promise<{ publicationId: string }>;
  searchParams: Promise<{ show?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('dashboard'))('pageTitle') };
}

export default async function DashboardPage({ params, searchParams }: DashboardPageProps) {
  const input = getDashboardInput.safeParse(await params);
  if (!input.success) notFound();
  const [dashboard, t, downloads, locale, format] = await Promise.all([
    readPage('dashboard.read', getDashboard, input.data),
    getTranslations('dashboard'),
    getTranslations('downloads'),
    getLocale().then(localeOf),
    readFormatter(),
  ]);
  const { content, sector, earlier, editions } = dashboard;
  const view = dashboardView(dashboard, locale);
  const { show: asked } = await searchParams;
  const show = shows.find((one) => one === asked) ?? null;
  const nextRound = dashboard.nextRound?.name;
  const differs = {
    product: earlier.some(({ productScope }) => productScope !== content.round.productScope),
    framework: earlier.some(({ framework }) => framework !== content.framework.ref),
  };
  const cut = differs.product ? (differs.framework ? 'both' : 'product') : 'framework';
  const day = (value: string) => format.dateTime(new Date(value), { dateStyle: 'long' });
  const total = view.total?.written ?? '–';
  return (
    <Frame current="dashboards" reading>
      <div className="page">
        <PageHead
          side={t('side', { round: content.round.name })}
          title={t('title', { organisation: content.organisation.name })}
          meta={t('meta', {
            decided: day(content.decidedAt),
            reference: content.reference,
            edition: content.edition,
            scope: content.round.productScope,
            from: day(`${content.round.periodFrom}T12:00:00Z`),
            to: day(`${content.round.periodTo}T12:00:00Z`),
          })}
        />
        <EditionNotices dashboard={dashboard} />
        <TotalBlock
          view={view}
          organisation={content.organisation.name}
          released={sector !== null}
          hearing={hearingWords(content, locale)}
        />
        <FiveSections view={view} earlier={earlier} sector={sector} />
        <ShowLinks view={view} path={`/dashboards/${dashboard.shown.id}`} show={show} />
        {show && <NarrowedSections view={view} show={show} nextRound={nextRound} />}
        {!show && view.best && (
          <>
            <h2 className="why">{t('best')}</h2>
            <SectionArticle section={view.best} first total={total} nextRound={nextRound} />
          </>
        )}
        {!show && view.others.length > 0 && (
          <>
            <h2 className="why">{t(view.best ? 'others' : 'all')}</h2>
            {view.others.map((section) => (
              <SectionArticle key={section.key} section={section} total={total} nextRound={nextRound} />
            ))}
          </>
        )}
        <ProfileBand profile={view.profile} />
        {earlier.length > 0 && (
          <Band
            id="rounds"
            title={t('rounds.title')}
            meta={differs.product || differs.framework ? t('rounds.explained', { cut }) : t('rounds.explainedSame')}
          >
            <RoundsTrend dashboard={dashboard} />
          </Band>
        )}
        <Band id="downloads" title={downloads('title')}>
          <DownloadList dashboard={dashboard} />
        </Band>
        {editions.length > 1 && (
          <Band id="editions" title={t('editions.title')}>
            <EditionList dashboard={dashboard} />
          </Band>
        )}
        <DashboardFoot dashboard={dashboard} />
      </div>
    </Frame>
  );
}
