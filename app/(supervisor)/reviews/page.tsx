import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AssignBar, assignForm } from '#components/review/assign-bar.tsx';
import { countOf, QueueCounts, QueueFilters, queueAddress } from '#components/review/queue-filters.tsx';
import { QueueTable } from '#components/review/queue-table.tsx';
import { Staircase } from '#components/score/staircase.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { pageSession } from '#lib/auth/current-session.ts';
import { readPage } from '#lib/auth/read-page.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import { listQueue, listQueueInput, waitingParties } from '#services/reviews/list-queue.ts';
import { queueFoundAtMost } from '#services/reviews/queue-rows.ts';
import { Frame } from '../../frame.tsx';
import { assignReviewerAction } from './decision-actions.ts';

type QueuePageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('review.queue'))('title') };
}

export default async function QueuePage({ searchParams }: QueuePageProps) {
  const { declared, ...asked } = await searchParams;
  const query = listQueueInput.parse(asked);
  const [queue, { actor }, t, interest, format] = await Promise.all([
    readPage('queue.list', listQueue, query),
    pageSession(),
    getTranslations('review.queue'),
    getTranslations('interest'),
    readFormatter(),
  ]);
  const { round, lines, counts, first } = queue;
  const { count, more } = countOf(counts.matching);
  const matching = more === 'yes' ? t('more', { count: format.number(count) }) : format.number(count);
  const isReviewer = actor.roles.includes('reviewer');
  const steps = [
    ...(queue.hasBefore && lines[0]
      ? [
          { href: queueAddress(query, {}), label: t('first') },
          { href: withPlace('before', lines[0].cursor), label: t('previous'), rel: 'prev' as const },
        ]
      : []),
    ...(queue.hasAfter && lines.at(-1)
      ? [{ href: withPlace('after', lines.at(-1)?.cursor ?? ''), label: t('next'), rel: 'next' as const }]
      : []),
  ];
  return (
    <Frame current="reviews" dense>
      <div className="page">
        <header className="qhead">
          <div>
            <h1 className="title">{t('title')}</h1>
            {round && (
              <p className="meta">
                {t('about', {
                  round: round.name,
                  scope: round.productScope,
                  ...countOf(counts.all),
                  hearing: round.hearing ? 'yes' : 'no',
                  date: format.dateTime(round.decisionsDueAt, { dateStyle: 'long' }),
                })}
              </p>
            )}
          </div>
          {round && <QueueCounts queue={queue} query={query} />}
        </header>
        {declared === '1' && (
          <Notice kind="ok" title={interest('doneTitle')}>
            <p>{interest('doneText')}</p>
          </Notice>
        )}
        {round ? (
          <>
            <QueueFilters
              queue={queue}
              query={query}
              parties={waitingParties.filter((party) => isReviewer || party !== 'colleague')}
              isReviewer={isReviewer}
            />
            <AssignBar
              action={assignReviewerAction}
              reviewers={lines.length > 0 ? queue.reviewers : []}
              lines={lines}
              returnTo={queueAddress(query, {})}
            />
            {queue.foundMore && <p className="meta">{t('narrow', { count: queueFoundAtMost })}</p>}
            {lines.length === 0 ? (
              <Empty level={2} title={counts.all === 0 ? t('emptyTitle') : t('nothingTitle')}>
                <p>{counts.all === 0 ? t('emptyText') : t('nothingText')}</p>
              </Empty>
            ) : (
              <>
                <p className="meta legend">
                  <span>
                    <Staircase size="small" low={3} stopAt={4} /> {t('legend')}
                  </span>
                  {queue.colleagues.length > 0 && (
                    <span>
                      {t('colleagues', { codes: format.list(queue.colleagues), count: queue.colleagues.length })}
                    </span>
                  )}
                </p>
                <QueueTable
                  queue={queue}
                  order={query.order}
                  chooseFor={queue.reviewers.length > 0 ? assignForm : undefined}
                />
                <div className="under">
                  {steps.length > 0 && <Pager label={t('pages')} steps={steps} />}
                  <p className="meta">{t('range', { first, last: first + lines.length - 1, total: matching })}</p>
                </div>
              </>
            )}
          </>
        ) : (
          <Empty level={2} title={t('noRoundTitle')}>
            <p>{t('noRoundText')}</p>
          </Empty>
        )}
      </div>
    </Frame>
  );

  function withPlace(side: 'after' | 'before', cursor: string): string {
    const address = queueAddress(query, {});
    return `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams({ [side]: cursor })}`;
  }
}
