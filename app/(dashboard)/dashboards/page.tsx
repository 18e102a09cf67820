import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { Table } from '#components/ui/table.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { fromLowest, round1HalfUp } from '#domain/fraction.ts';
import { readPage } from '#lib/auth/read-page.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import { listDashboards, listDashboardsInput } from '#services/publications/list-dashboards.ts';
import { Frame } from '../../frame.tsx';

type DashboardsPageProps = { searchParams: Promise<{ round?: string; after?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('dashboard.list'))('title') };
}

export default async function DashboardsPage({ searchParams }: DashboardsPageProps) {
  const query = await searchParams;
  const input = listDashboardsInput.parse({ roundId: query.round, after: query.after });
  const [{ lines, next, rounds, supervisor, mayRelease }, t, locale, format] = await Promise.all([
    readPage('dashboard.list', listDashboards, input),
    getTranslations('dashboard.list'),
    getLocale().then(localeOf),
    readFormatter(),
  ]);
  const ofRound = input.roundId ? `round=${input.roundId}&` : '';
  const steps = [
    ...(input.after ? [{ href: `/dashboards?${ofRound}`, label: t('first'), rel: 'prev' as const }] : []),
    ...(next ? [{ href: `/dashboards?${ofRound}after=${next}`, label: t('next'), rel: 'next' as const }] : []),
  ];
  return (
    <Frame current="dashboards" dense={supervisor}>
      <div className="page">
        <PageHead title={t('title')} meta={t(supervisor ? 'metaSupervisor' : 'metaInsurer')} />
        {rounds.length > 0 && (
          <Band id="rounds" title={t('rounds')}>
            <ul>
              {rounds.map(({ id, name }) => (
                <li key={id}>
                  {id === input.roundId ? <b>{name}</b> : <a href={`/dashboards?round=${id}`}>{name}</a>}
                  {mayRelease && (
                    <>
                      {' · '}
                      <a href={`/rounds/${id}/outcomes`}>{t('outcomes', { round: name })}</a>
                    </>
                  )}
                </li>
              ))}
            </ul>
          </Band>
        )}
        <Band id="published" title={t('published')}>
          {lines.length === 0 ? (
            <Empty title={t('emptyTitle')}>
              <p>{t(supervisor ? 'emptySupervisor' : 'emptyInsurer')}</p>
            </Empty>
          ) : (
            <Table label={t('published')}>
              <thead>
                <tr>
                  {supervisor && <th scope="col">{t('organisation')}</th>}
                  <th scope="col">{t('round')}</th>
                  <th scope="col" className="r">
                    {t('total')}
                  </th>
                  <th scope="col">{t('publishedOn')}</th>
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => (
                  <tr key={line.id}>
                    <th scope="row">
                      <a href={`/dashboards/${line.id}`}>
                        {supervisor ? line.organisation : t('roundName', { round: line.round })}
                      </a>
                    </th>
                    {supervisor && <td>{line.round}</td>}
                    <td className="r">{line.total ? round1HalfUp(fromLowest(line.total), locale) : '–'}</td>
                    <td>
                      {format.dateTime(new Date(line.publishedAt), { dateStyle: 'long' })}
                      {line.edition > 1 && <span className="meta"> {t('edition', { edition: line.edition })}</span>}{' '}
                      {line.underRevision && <Tag kind="attention">{t('underRevision')}</Tag>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </Table>
          )}
          {steps.length > 0 && <Pager label={t('pages')} steps={steps} />}
        </Band>
      </div>
    </Frame>
  );
}
