import { getLocale, getTranslations } from 'next-intl/server';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { Dashboard } from '#services/publications/get-dashboard.ts';
import { Band } from '../frame/band.tsx';
import { PageHead } from '../frame/page-head.tsx';
import { DashboardFoot } from './dashboard-foot.tsx';
import { dashboardView, type Show } from './dashboard-view.ts';
import { DownloadList } from './download-list.tsx';
import { EditionList } from './edition-list.tsx';
import { EditionNotices } from './edition-notices.tsx';
import { FiveSections } from './five-sections.tsx';
import { hearingWords } from './hearing-words.ts';
import { NarrowedSections } from './narrowed-sections.tsx';
import { ProfileBand } from './profile-band.tsx';
import { RoundsTrend } from './rounds-trend.tsx';
import { SectionArticle } from './section-article.tsx';
import { ShowLinks } from './show-links.tsx';
import { TotalBlock } from './total-block.tsx';

type OutcomeViewProps = {
  dashboard: Dashboard;
  /** The page's own address, to narrow what it shows. */
  path: string;
  show: Show | null;
  /** It is not published: there is nothing to take along, and no hash yet. */
  preview?: boolean;
};

/** An outcome as its insurer sees it, whether it is out or shown to the supervisor before. */
export async function OutcomeView({ dashboard, path, show, preview = false }: OutcomeViewProps) {
  const [t, downloads, locale, format] = await Promise.all([
    getTranslations('dashboard'),
    getTranslations('downloads'),
    getLocale().then(localeOf),
    readFormatter(),
  ]);
  const { content, sector, earlier, editions } = dashboard;
  const view = dashboardView(dashboard, locale);
  const nextRound = dashboard.nextRound?.name;
  const differs = {
    product: earlier.some(({ productScope }) => productScope !== content.round.productScope),
    framework: earlier.some(({ framework }) => framework !== content.framework.ref),
  };
  const cut = differs.product ? (differs.framework ? 'both' : 'product') : 'framework';
  const day = (value: string) => format.dateTime(new Date(value), { dateStyle: 'long' });
  const total = view.total?.written ?? '–';
  return (
    <>
      <PageHead
        side={t('side', { round: content.round.name })}
        title={t('title', { subject: dashboard.texts.subject[locale], organisation: content.organisation.name })}
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
      <ShowLinks view={view} path={path} show={show} />
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
        {preview ? <p>{downloads('later')}</p> : <DownloadList dashboard={dashboard} />}
      </Band>
      {editions.length > 1 && (
        <Band id="editions" title={t('editions.title')}>
          <EditionList dashboard={dashboard} />
        </Band>
      )}
      <DashboardFoot dashboard={dashboard} preview={preview} />
    </>
  );
}
