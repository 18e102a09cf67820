import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { states } from '#domain/workflow.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { ListQueueInput, Queue } from '#services/reviews/list-queue.ts';
import { Button } from '../ui/button.tsx';
import { Sign } from '../ui/sign.tsx';

/** Counts go no further than a thousand: then the screen says "more than". */
export function countOf(counted: number): { count: number; more: 'yes' | 'no' } {
  const atMost = 1000;
  return { count: Math.min(counted, atMost), more: counted > atMost ? 'yes' : 'no' };
}

type Parties = NonNullable<ListQueueInput['waiting']>;
type QueueFiltersProps = { queue: Queue; query: ListQueueInput; parties: readonly Parties[]; isReviewer: boolean };

/** The queue's address with some of its parts changed; a place in the list does not survive another filter. */
export function queueAddress(
  query: ListQueueInput,
  changes: Partial<Record<keyof ListQueueInput, string | null>>,
): string {
  const { after: _after, before: _before, ...kept } = query;
  const entries = Object.entries({ ...kept, ...changes }).flatMap(([name, value]) =>
    (typeof value === 'string' || typeof value === 'number') && value !== '' && !(name === 'order' && value === 'mine')
      ? [[name, value] as const]
      : [],
  );
  const search = new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString();
  return search ? `/reviews?${search}` : '/reviews';
}

/** What waits on whom, as numbers that are links. */
export async function QueueCounts({ queue, query }: Pick<QueueFiltersProps, 'queue' | 'query'>) {
  const [t, format] = await Promise.all([getTranslations('review.queue'), readFormatter()]);
  const none = { waiting: null, unassigned: null, late: null, state: null, assigned: null, q: null, score: null };
  const { waiting, unassigned, late, state, assigned, q, score } = query;
  const others = state || assigned || q || score;
  const views = [
    { name: 'mine', change: { waiting: 'me' }, current: waiting === 'me' && !unassigned && !late && !others },
    { name: 'unassigned', change: { unassigned: '1' }, current: unassigned === '1' && !waiting && !late && !others },
    { name: 'late', change: { late: '1' }, current: late === '1' && !waiting && !unassigned && !others },
    {
      name: 'insurer',
      change: { waiting: 'insurer' },
      current: waiting === 'insurer' && !unassigned && !late && !others,
    },
    { name: 'all', change: {}, current: !waiting && !unassigned && !late && !others },
  ] as const;
  return (
    <ul className="counts" aria-label={t('views')}>
      {views.map(({ name, change, current }) => (
        <li key={name}>
          <Link
            href={queueAddress(query, { ...none, ...change })}
            prefetch={false}
            aria-current={current ? 'true' : undefined}
            className={name === 'late' && queue.counts.late > 0 ? 'late' : undefined}
          >
            <b>
              {name === 'late' && queue.counts.late > 0 && <Sign kind="attention" />}
              {format.number(countOf(queue.counts[name]).count)}
              {countOf(queue.counts[name]).more === 'yes' && '+'}
            </b>
            {t(`counts.${name}`)}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Search, filters and order as a form that asks for another address. */
export async function QueueFilters({ queue, query, parties, isReviewer }: QueueFiltersProps) {
  const t = await getTranslations('review');
  return (
    <details className="qf">
      <summary>{t('queue.fold')}</summary>
      {/* A form of method GET: the address keeps what was chosen, with and without script. */}
      <search aria-label={t('queue.filter')}>
        <form className="filters" action="/reviews">
          {queue.rounds.length > 1 && (
            <p>
              <label htmlFor="round">{t('queue.round')}</label>
              <select className="input" id="round" name="round" defaultValue={queue.round?.id}>
                {queue.rounds.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </p>
          )}
          <p>
            <label htmlFor="q">{t('queue.search')}</label>
            <input
              className="input"
              id="q"
              name="q"
              type="search"
              placeholder={t('queue.searchHint')}
              defaultValue={query.q}
            />
          </p>
          <p>
            <label htmlFor="state">{t('queue.state')}</label>
            <select className="input" id="state" name="state" defaultValue={query.state ?? ''}>
              <option value="">{t('queue.allStates')}</option>
              {states.map((state) => (
                <option key={state} value={state}>
                  {t(`states.${state}`)}
                </option>
              ))}
            </select>
          </p>
          <p>
            <label htmlFor="waiting">{t('queue.waiting')}</label>
            <select className="input" id="waiting" name="waiting" defaultValue={query.waiting ?? ''}>
              <option value="">{t('queue.anyone')}</option>
              {parties.map((party) => (
                <option key={party} value={party}>
                  {t(`parties.${party}`)}
                </option>
              ))}
            </select>
          </p>
          <p>
            <label htmlFor="assigned">{t('queue.assigned')}</label>
            <select className="input" id="assigned" name="assigned" defaultValue={query.assigned ?? ''}>
              <option value="">{t('queue.anyone')}</option>
              {isReviewer && <option value="me">{t('parties.me')}</option>}
              <option value="nobody">{t('queue.nobody')}</option>
              {queue.colleagues.map((code) => (
                <option key={code} value={code}>
                  {code}
                </option>
              ))}
            </select>
          </p>
          <p>
            <label htmlFor="score">{t('queue.byScore')}</label>
            <select className="input" id="score" name="score" defaultValue={query.score ?? ''}>
              <option value="">{t('queue.anyScore')}</option>
              {([1, 2, 3, 4] as const).map((from) => (
                <option key={from} value={from}>
                  {t('queue.scoreBand', { from, to: from + 1 })}
                </option>
              ))}
              <option value={5}>5</option>
            </select>
          </p>
          <p>
            <label htmlFor="order">{t('queue.order')}</label>
            <select className="input" id="order" name="order" defaultValue={query.order}>
              {(['mine', 'term', 'name', 'state', 'score'] as const).map((order) => (
                <option key={order} value={order}>
                  {t(`queue.orders.${order}`)}
                </option>
              ))}
            </select>
          </p>
          <p className="chk">
            <label className="checkline">
              <input type="checkbox" name="late" value="1" defaultChecked={query.late === '1'} />
              {t('queue.onlyLate')}
            </label>
          </p>
          <p>
            <Button type="submit" kind="plain">
              {t('queue.apply')}
            </Button>
          </p>
        </form>
      </search>
    </details>
  );
}
