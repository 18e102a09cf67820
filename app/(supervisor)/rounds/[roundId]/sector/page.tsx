import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { FrameworkChanges } from '#components/dashboard/framework-changes.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { DecisionForm } from '#components/review/decision-form.tsx';
import { leadRefusals } from '#components/review/lead-refusals.ts';
import { ClaimsTable } from '#components/sector/claims-table.tsx';
import { LevelSpread } from '#components/sector/level-spread.tsx';
import { MissedCriteria } from '#components/sector/missed-criteria.tsx';
import { OpenBlock } from '#components/sector/open-block.tsx';
import { SectorCriteria } from '#components/sector/sector-criteria.tsx';
import { SectorFigures } from '#components/sector/sector-figures.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { formatDay } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { getSectorReport, getSectorReportInput } from '#services/sector/get-sector-report.ts';
import type { SectorReport } from '#services/sector/read-sector-report.ts';
import { Frame } from '../../../../frame.tsx';
import { openReleaseAction, withdrawReleaseAction } from './actions.ts';

type SectorPageProps = { params: Promise<{ roundId: string }>; searchParams: Promise<{ release?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sector'))('pageTitle') };
}

/** The supervisor's report on the sector in one round. */
export default async function SectorPage({ params, searchParams }: SectorPageProps) {
  const input = getSectorReportInput.safeParse({ ...(await params), ...(await searchParams) });
  if (!input.success) notFound();
  const [report, t, locale] = await Promise.all([
    readPage('sector.read', getSectorReport, input.data),
    getTranslations('sector'),
    getLocale().then(localeOf),
  ]);
  const { round, shown, releases } = report;
  const path = `/rounds/${round.id}`;
  return (
    <Frame current="rounds" dense reading={!report.mayOpen}>
      <div className="page">
        <PageHead
          side={t('side', { round: round.name })}
          title={t('title', { round: round.name })}
          meta={
            shown &&
            t('meta', {
              number: shown.number,
              date: formatDay(new Date(shown.madeAt), locale),
              scope: round.productScope,
              from: formatDay(round.periodFrom, locale),
              to: formatDay(round.periodTo, locale),
            })
          }
          action={
            shown ? (
              <>
                <a href={`/api/rounds/${round.id}/sector/${shown.number}/report.pdf`}>{t('pdf')}</a>
                <a href={`/api/rounds/${round.id}/sector/${shown.number}/figures.xlsx`}>{t('xlsx')}</a>
              </>
            ) : (
              report.mayOpen && <a href={`${path}/outcomes`}>{t('toOutcomes')}</a>
            )
          }
        />
        {!shown && (
          <Empty title={t('emptyTitle')}>
            <p>{t('empty')}</p>
          </Empty>
        )}
        {shown && (
          <>
            <Band id="figures" title={t('figures.title')} meta={t('figures.meta')}>
              <SectorFigures report={report} />
              {report.before && (
                <FrameworkChanges
                  earlier={[report.before]}
                  shown={report.framework}
                  edition={(ref) => t('edition', { edition: ref.split('@')[1] ?? '' })}
                />
              )}
            </Band>
            <Band id="levels" title={t('levels.title')} meta={t('levels.meta', { minimum: report.minimumForSpread })}>
              <LevelSpread report={report} />
            </Band>
            <Band id="missed" title={t('missed.title')} meta={t('missed.meta')}>
              <MissedCriteria report={report} />
            </Band>
            <Band id="claims" title={t('claims.title')} meta={t('claims.meta')}>
              <ClaimsTable report={report} />
            </Band>
            <Band id="criteria" title={t('criteria.title')} meta={t('criteria.meta')}>
              <SectorCriteria report={report} />
            </Band>
            <Band id="open" title={t('publish.title')} meta={t('publish.meta')}>
              <Publicity report={report} />
            </Band>
          </>
        )}
        {releases.length > 1 && (
          <Band id="releases" title={t('choose')}>
            <ol>
              {releases.map(({ number, madeAt }) => (
                <li key={number}>
                  {number === shown?.number ? (
                    <b>{t('release', { number })}</b>
                  ) : (
                    <a href={`${path}/sector?release=${number}`}>{t('release', { number })}</a>
                  )}
                  , {formatDay(new Date(madeAt), locale)}
                </li>
              ))}
            </ol>
          </Band>
        )}
      </div>
    </Frame>
  );
}

async function Publicity({ report }: { report: SectorReport }) {
  const [t, problems, refusals] = await Promise.all([
    getTranslations('sector.publish'),
    getTranslations('decisions').then((words) => words('problems')),
    leadRefusals(),
  ]);
  const { shown, round, mayOpen } = report;
  if (!shown) return null;
  const hidden = { releaseId: shown.id, roundId: round.id, release: String(shown.number) };
  const form = { hidden, refusals, problemTitle: problems };
  return (
    <OpenBlock
      report={report}
      openForm={mayOpen && <DecisionForm {...form} action={openReleaseAction} id="open-release" submit={t('open')} />}
      withdrawForm={
        mayOpen && (
          <DecisionForm
            {...form}
            action={withdrawReleaseAction}
            id="withdraw-release"
            kind="danger"
            submit={t('withdraw')}
            fields={[{ kind: 'reason', name: 'reason', label: t('reason'), hint: t('reasonHint') }]}
          />
        )
      }
    />
  );
}
