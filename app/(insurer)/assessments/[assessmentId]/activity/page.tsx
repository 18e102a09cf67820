import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ActivityFilters } from '#components/assessment/activity/activity-filters.tsx';
import { ActivityList } from '#components/assessment/activity/activity-list.tsx';
import { activityPath } from '#components/assessment/activity/activity-path.ts';
import { assessmentPath } from '#components/assessment/paths.ts';
import { PageHead } from '#components/frame/page-head.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { listActivity, listActivityInput } from '#services/history/list-activity.ts';
import { Frame } from '../../../../frame.tsx';

type ActivityPageProps = {
  params: Promise<{ assessmentId: string }>;
  searchParams: Promise<Record<string, string | string[]>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('history.activity'))('title') };
}

export default async function ActivityPage({ params, searchParams }: ActivityPageProps) {
  const query = listActivityInput.parse({ ...(await searchParams), ...(await params) });
  const [activity, t] = await Promise.all([
    readPage('assessment.read', listActivity, query),
    getTranslations('history.activity'),
  ]);
  const { assessmentId, reference, roundName, section, lines, next } = activity;
  const { person, after } = query;
  const chosen = Boolean(section || person);
  return (
    <Frame current="assessments">
      <div className="page">
        <PageHead
          side={
            <>
              {roundName}
              <br />
              {reference}
            </>
          }
          title={t('title')}
          meta={t('meta')}
          action={<a href={assessmentPath(assessmentId)}>{t('back')}</a>}
        />
        <ActivityFilters activity={activity} query={query} />
        {lines.length === 0 ? (
          <Empty
            title={chosen ? t('noneChosen') : t('none')}
            level={2}
            actions={chosen && <a href={activityPath(assessmentId)}>{t('clear')}</a>}
          >
            <p>{chosen ? t('noneChosenText') : t('noneText')}</p>
          </Empty>
        ) : (
          <ActivityList activity={activity} />
        )}
        {(next || after) && (
          <Pager
            label={t('pages')}
            steps={[
              ...(after
                ? [{ href: activityPath(assessmentId, { section, person }), label: t('newest'), rel: 'prev' as const }]
                : []),
              ...(next
                ? [
                    {
                      href: activityPath(assessmentId, { section, person, after: next }),
                      label: t('older'),
                      rel: 'next' as const,
                    },
                  ]
                : []),
            ]}
          />
        )}
        <p className="meta">{t('intakeNote')}</p>
      </div>
    </Frame>
  );
}
