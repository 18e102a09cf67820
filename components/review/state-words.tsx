import { getTranslations } from 'next-intl/server';
import type { DerivedStatus } from '#domain/progress.ts';
import { openOf } from '#services/requests/request-facts.ts';
import type { ReviewOverview } from '#services/reviews/get-review-overview.ts';
import { Tag, type TagKind } from '../ui/tag.tsx';

const kinds: Record<Exclude<DerivedStatus, 'not_started'>, TagKind> = {
  late: 'attention',
  requests_open: 'waiting',
  response_received: 'todo',
  term_over: 'attention',
  being_revised: 'attention',
};

/** The state of a case with what is true beside it, and the questions that nobody answered in time. */
export async function StateWords({ overview }: { overview: ReviewOverview }) {
  const { head, statuses, requests } = overview;
  const t = await getTranslations('review');
  const overdue = head.state === 'in_review' ? requests.filter(({ state }) => state === 'overdue').length : 0;
  return (
    <>
      {t(`states.${head.state}`)}
      {statuses.map(
        (status) =>
          status !== 'not_started' && (
            <span className="beside-state" key={status}>
              <Tag kind={kinds[status]}>{t(`statuses.${status}`, { count: openOf(requests) })}</Tag>
            </span>
          ),
      )}
      {overdue > 0 && (
        <span className="beside-state">
          <Tag kind="attention">{t('statuses.requests_overdue', { count: overdue })}</Tag>
        </span>
      )}
    </>
  );
}
