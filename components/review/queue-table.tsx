import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { fromLowest, round1HalfUp } from '#domain/fraction.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { ListQueueInput, Queue, QueueLine } from '#services/reviews/list-queue.ts';
import { Staircase } from '../score/staircase.tsx';
import { Signed } from '../ui/sign.tsx';
import { Tag } from '../ui/tag.tsx';
import { boxOf } from './assign-bar.tsx';
import { ChooseAll } from './choose-all.tsx';
import { countOf } from './queue-filters.tsx';
import { rangeText, stairsOf } from './score-facts.ts';

type QueueTableProps = {
  queue: Queue;
  order: ListQueueInput['order'];
  /** The form that the boxes to choose belong to; without it there are none. */
  chooseFor?: string | undefined;
};

/** The queue: one line an assessment. On a phone a line becomes a block. */
export async function QueueTable({ queue, order, chooseFor }: QueueTableProps) {
  const [t, more, asked, format, locale] = await Promise.all([
    getTranslations('review'),
    getTranslations('extension.lead'),
    getTranslations('requests'),
    readFormatter(),
    getLocale().then(localeOf),
  ]);
  const sorted = { mine: '', term: 'term', name: 'insurer', state: 'state', score: 'total' } as const;
  const sort = (column: string) => (sorted[order] === column ? ('ascending' as const) : undefined);
  const label = t('queue.caption', { ...countOf(queue.counts.matching), order: t(`queue.orders.${order}`) });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1)
    <section className="scroll" tabIndex={0} aria-label={t('queue.title')}>
      <table className="tab tight queue">
        <caption className="vh">{label}</caption>
        <thead>
          <tr>
            {chooseFor && (
              <td className="c">
                <ChooseAll form={chooseFor} name="assessmentIds[]" label={t('queue.chooseAll')} />
              </td>
            )}
            <th scope="col" aria-sort={sort('insurer')}>
              {t('queue.insurer')}
            </th>
            <th scope="col" aria-sort={sort('state')}>
              {t('queue.state')}
            </th>
            <th scope="col">{t('queue.waiting')}</th>
            <th scope="col">{t('queue.with')}</th>
            <th scope="col" aria-sort={sort('term')}>
              {t('queue.term')}
            </th>
            <th scope="col" className="fh">
              {queue.sections.map((section) => (
                <span key={section}>{t('queue.score', { section })}</span>
              ))}
            </th>
            <th scope="col" className="r" aria-sort={sort('total')}>
              {t('queue.total')}
            </th>
            <th scope="col" className="r">
              {t('queue.verdicts')}
            </th>
          </tr>
        </thead>
        <tbody>{queue.lines.map(lineOf)}</tbody>
      </table>
    </section>
  );

  function lineOf(line: QueueLine) {
    const mine = line.waitingOn === 'me';
    return (
      <tr key={line.assessmentId} className={mine ? 'mine' : undefined}>
        {chooseFor && (
          <td className="c">
            {line.state !== 'published' && (
              <input
                type="checkbox"
                id={boxOf(line.assessmentId)}
                name="assessmentIds[]"
                value={line.assessmentId}
                form={chooseFor}
                aria-label={t('queue.choose', { name: line.name })}
              />
            )}
          </td>
        )}
        <th scope="row">
          <Link href={`/reviews/${line.assessmentId}`} prefetch={false}>
            {line.name}
          </Link>
        </th>
        <td className="s">
          {t(`states.${line.state}`)}
          {besideState(line)}
        </td>
        <td className="w">{mine ? <Signed kind="next">{t('parties.me')}</Signed> : t(`parties.${line.waitingOn}`)}</td>
        <td className={line.waitingOn === 'lead' && line.assigned.length === 0 ? 'a none' : 'a'}>
          {line.assigned.map((code) => (code === 'me' ? t('queue.me') : code)).join(', ') || t('queue.nobody')}
        </td>
        <td className="t">{termOf(line)}</td>
        {line.scores ? scoresOf(line.scores) : <NoScores hidden={t('queue.hidden')} only={t('queue.statusOnly')} />}
      </tr>
    );
  }

  /** What the term of the line does not tell already. */
  function besideState({ statuses }: QueueLine) {
    return statuses.map(
      (status) =>
        (status === 'response_received' || status === 'term_over' || status === 'being_revised') && (
          <span className="meta lg:block" key={status}>
            <span className="lg:hidden">, </span>
            {t(`statuses.${status}`)}
          </span>
        ),
    );
  }

  function termOf({ termAt, daysLeft, late, state, scores, asksExtension, openRequests }: QueueLine) {
    const differences = scores?.differences ?? 0;
    return (
      <>
        {termAt && format.dateTime(termAt, { dateStyle: 'long' })}{' '}
        {late && daysLeft !== null && <Tag kind="attention">{t('queue.daysLate', { count: -daysLeft })}</Tag>}
        {!late && daysLeft !== null && daysLeft <= 14 && (
          <span className="meta">{t('queue.daysLeft', { count: daysLeft })}</span>
        )}
        {state === 'decided' && <span className="meta">{t('queue.canPublish')}</span>}
        {openRequests > 0 && <span className="meta"> {asked('openCount', { count: openRequests })}</span>}
        {asksExtension && <Tag kind="attention">{more('queue')}</Tag>}
        {differences > 0 && <span className="meta"> {t('queue.differences', { count: differences })}</span>}
      </>
    );
  }

  function scoresOf({ computed, judged, toBeJudged }: NonNullable<QueueLine['scores']>) {
    const range = (low: number, high: number) => `${low}–${high}`;
    const written = (end: string) => round1HalfUp(fromLowest(end), locale);
    const total = computed.total && [...new Set([written(computed.total.low), written(computed.total.high)])].join('–');
    return (
      <>
        <td className="f">
          {queue.sections.map((key) => {
            const score = computed.sections[key] ?? null;
            return (
              <span key={key} className="q5">
                <span className="ql">{key} </span>
                {score ? (
                  <>
                    <Staircase size="small" {...stairsOf(score)} />
                    <b>{rangeText(score, { none: '', range })}</b>
                  </>
                ) : (
                  <span className="meta">{t('queue.notApplicable')}</span>
                )}
              </span>
            );
          })}
        </td>
        <td className="tt r">
          <span className="ql">{t('queue.total').toLowerCase()} </span>
          {total ?? '–'}
        </td>
        <td className="v r">{t('queue.judged', { judged, of: toBeJudged })}</td>
      </>
    );
  }
}

function NoScores({ hidden, only }: { hidden: string; only: string }) {
  return (
    <>
      <td className="f" colSpan={2}>
        <span className="meta">{hidden}</span>
      </td>
      <td className="v r">{only}</td>
    </>
  );
}
