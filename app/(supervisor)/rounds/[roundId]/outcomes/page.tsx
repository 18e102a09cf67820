import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getMessages, getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { DecidedTable } from '#components/review/publishing/decided-table.tsx';
import { PlanForm } from '#components/review/publishing/plan-form.tsx';
import { PublishAll } from '#components/review/publishing/publish-all.tsx';
import { WaitingTable } from '#components/review/publishing/waiting-table.tsx';
import { ReleaseBlock } from '#components/review/release-block.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { Table } from '#components/ui/table.tsx';
import { addDays, dayInAmsterdam, nextWorkingDay } from '#domain/terms.ts';
import { states } from '#domain/workflow.ts';
import { readPage } from '#lib/auth/read-page.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import { getRoundOutcomes, getRoundOutcomesInput } from '#services/releases/get-round-outcomes.ts';
import { Frame } from '../../../../frame.tsx';
import {
  makeReleaseAction,
  planPublicationsAction,
  publishFromRoundAction,
  unplanPublicationAction,
} from './actions.ts';

type OutcomesPageProps = {
  params: Promise<{ roundId: string }>;
  searchParams: Promise<{ after?: string; done?: string }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('decisions.outcomes'))('title') };
}

export default async function OutcomesPage({ params, searchParams }: OutcomesPageProps) {
  const [route, { after, done }] = await Promise.all([params, searchParams]);
  const input = getRoundOutcomesInput.safeParse({ ...route, after });
  if (!input.success) notFound();
  const [outcomes, t, words, { publishing }, format] = await Promise.all([
    readPage('release.read', getRoundOutcomes, input.data),
    getTranslations('decisions.outcomes'),
    getTranslations('publishing'),
    getMessages(),
    readFormatter(),
  ]);
  const now = new Date();
  const path = `/rounds/${outcomes.roundId}/outcomes`;
  const steps = [
    ...(input.data.after ? [{ href: path, label: t('first'), rel: 'prev' as const }] : []),
    ...(outcomes.next
      ? [{ href: `${path}?after=${encodeURIComponent(outcomes.next)}`, label: t('next'), rel: 'next' as const }]
      : []),
  ];
  const told = done === 'planned' ? 'form.done' : done === 'now' ? 'all.done' : done === 'unplanned' ? done : null;
  return (
    <Frame current="rounds" dense>
      <div className="page">
        <PageHead
          side={
            <>
              {t('side')}{' '}
              <Link href={`/rounds/${outcomes.roundId}`} prefetch={false}>
                {outcomes.name}
              </Link>
            </>
          }
          title={t('title')}
          action={
            <Link href={`/dashboards?round=${outcomes.roundId}`} prefetch={false}>
              {t('dashboards')}
            </Link>
          }
        />
        <Band id="progress" title={t('progress')}>
          <div className="narrow">
            <Table label={t('progress')} tight>
              <thead>
                <tr>
                  <th scope="col">{t('state')}</th>
                  <th scope="col" className="r">
                    {t('cases')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {states
                  .filter((state) => outcomes.counts[state])
                  .map((state) => (
                    <tr key={state}>
                      <th scope="row">{t(`states.${state}`)}</th>
                      <td className="r">{outcomes.counts[state]}</td>
                    </tr>
                  ))}
              </tbody>
            </Table>
          </div>
        </Band>
        {outcomes.waiting.length > 0 && (
          <Band id="waiting" title={words('waiting.title')} meta={words('waiting.meta')}>
            <WaitingTable waiting={outcomes.waiting} more={outcomes.waitingMore} />
          </Band>
        )}
        <Band
          id="decided"
          title={t('decided')}
          meta={words('meta', { ready: outcomes.ready, planned: outcomes.planned })}
        >
          {told && (
            <div className="told">
              <Notice kind="ok" role="status" level={3} title={words(told)} />
            </div>
          )}
          {outcomes.decided.length === 0 ? (
            <Empty title={t('emptyTitle')}>
              <p>{t('empty')}</p>
            </Empty>
          ) : (
            <>
              <PublishAll roundId={outcomes.roundId} ready={outcomes.ready} action={planPublicationsAction} />
              <DecidedTable
                decided={outcomes.decided}
                roundId={outcomes.roundId}
                now={now}
                actions={{ publish: publishFromRoundAction, unplan: unplanPublicationAction }}
              />
            </>
          )}
          {steps.length > 0 && <Pager label={t('pages')} steps={steps} />}
        </Band>
        {outcomes.decided.length > 0 && (
          <Band id="plan" title={publishing.form.title} meta={publishing.form.meta}>
            <div className="narrow">
              <PlanForm
                action={planPublicationsAction}
                roundId={outcomes.roundId}
                texts={publishing.form}
                ready={outcomes.ready}
                day={nextWorkingDay(addDays(dayInAmsterdam(now), 1))}
              />
            </div>
          </Band>
        )}
        <Band id="release" title={t('release')} meta={t('releaseMeta')}>
          <ReleaseBlock outcomes={outcomes} releaseId={randomUUID()} action={makeReleaseAction} />
        </Band>
        <Band id="made" title={t('made')}>
          {outcomes.releases.length === 0 && <p>{t('none')}</p>}
          <ol>
            {outcomes.releases.map(({ number, madeAt }) => (
              <li key={number}>
                {t('one', { number, date: format.dateTime(new Date(madeAt), { dateStyle: 'long' }) })}
              </li>
            ))}
          </ol>
        </Band>
      </div>
    </Frame>
  );
}
