import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { RoundLine } from '#components/assessment/tasks/round-list.tsx';
import { WaitingList } from '#components/assessment/team/waiting-list.tsx';
import { WhoDoesWhat } from '#components/assessment/team/who-does-what.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { pageSession } from '#lib/auth/current-session.ts';
import { readPage } from '#lib/auth/read-page.ts';
import { formatDay } from '#lib/i18n/dates.ts';
import { listAssessments } from '#services/assessments/list-assessments.ts';
import { Frame } from '../../frame.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('insurer.home'))('title') };
}

export default async function AssessmentsPage() {
  const [{ waiting, rounds }, { actor, ctx, organisationName }, t, states, team, locale] = await Promise.all([
    readPage('assessment.list', listAssessments, undefined),
    pageSession(),
    getTranslations('insurer.home'),
    getTranslations('insurer.states'),
    getTranslations('team'),
    getLocale(),
  ]);
  const maySubmit = actor.roles.includes('signatory');
  return (
    <Frame current="assessments">
      <div className="page">
        <PageHead side={organisationName} title={t('title')} meta={t('intro')} />
        {rounds.length === 0 && (
          <Empty level={2} title={t('noneTitle')}>
            <p>{t('none')}</p>
          </Empty>
        )}
        {(rounds.length > 0 || waiting.length > 0) && (
          <Band id="waiting" title={team('waiting.title')} meta={team('waiting.meta', { count: waiting.length })}>
            <WaitingList waiting={waiting} />
          </Band>
        )}
        {rounds.map((item) => {
          const { id, state, round } = item.status;
          const period = {
            scope: round.productScope,
            from: formatDay(round.periodFrom, locale),
            to: formatDay(round.periodTo, locale),
          };
          return (
            <Band
              key={id}
              id={`round-${id}`}
              title={round.name}
              meta={
                <>
                  {states(state)}
                  <br />
                  {t('period', period)}
                </>
              }
            >
              <RoundLine listed={item} maySubmit={maySubmit} now={ctx.now} />
              {item.work && <WhoDoesWhat assessmentId={id} work={item.work} now={ctx.now} />}
            </Band>
          );
        })}
      </div>
    </Frame>
  );
}
