import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Table } from '#components/ui/table.tsx';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { RoundOutcomes } from '#services/releases/get-round-outcomes.ts';

type Waiting = RoundOutcomes['waiting'][number];

/** Criteria that a line names; beyond them it counts. */
const mostKeys = 6;

/** What still stands in the way of publishing, case by case, each as a link to its spot. */
export async function WaitingTable({ waiting, more }: { waiting: RoundOutcomes['waiting']; more: number }) {
  const [t, states, format] = await Promise.all([
    getTranslations('publishing.waiting'),
    getTranslations('decisions.outcomes.states'),
    readFormatter(),
  ]);
  return (
    <>
      <div className="stacks">
        <Table label={t('label')} tight>
          <thead>
            <tr>
              <th scope="col">{t('organisation')}</th>
              <th scope="col">{t('state')}</th>
              <th scope="col">{t('open')}</th>
            </tr>
          </thead>
          <tbody>
            {waiting.map((line) => (
              <tr key={line.assessmentId}>
                <th scope="row">
                  <Link href={`/reviews/${line.assessmentId}`} prefetch={false}>
                    {line.organisation}
                  </Link>
                  <span className="meta under-word">{line.reference}</span>
                </th>
                <td data-label={t('state')}>{states(line.state)}</td>
                <td data-label={t('open')}>
                  <ul>{steps(line)}</ul>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      {more > 0 && <p className="meta">{t('more', { count: more })}</p>}
    </>
  );

  function steps({ assessmentId, state, deadlineAt, open }: Waiting) {
    const base = `/reviews/${assessmentId}`;
    if (state === 'draft' || state === 'returned') {
      const moment = format.dateTime(new Date(deadlineAt), { dateStyle: 'long' });
      return <li>{t('insurer', { moment })}</li>;
    }
    if (state !== 'in_review' || !open) {
      return (
        <li>
          <Link href={base} prefetch={false}>
            {t(`steps.${state}`)}
          </Link>
        </li>
      );
    }
    const { toJudge, undetermined } = open;
    const sections = undetermined.filter((key) => !toJudge.some((criterion) => criterion.startsWith(`${key}.`)));
    if (toJudge.length + sections.length === 0) {
      return (
        <li>
          <Link href={base} prefetch={false}>
            {t('steps.in_review')}
          </Link>
        </li>
      );
    }
    return (
      <>
        {toJudge.length > 0 && (
          <li>
            {t('verdicts', { count: toJudge.length })}{' '}
            {toJudge.slice(0, mostKeys).map((key, place) => (
              <span key={key}>
                {place > 0 && ', '}
                <Link href={`${base}/sections/${key.split('.')[0]}?criterion=${key}`} prefetch={false}>
                  {key}
                </Link>
              </span>
            ))}
            {toJudge.length > mostKeys && ', …'}
          </li>
        )}
        {sections.map((key) => (
          <li key={key}>
            <Link href={`${base}/sections/${key}/determination`} prefetch={false}>
              {t('determine', { key })}
            </Link>
          </li>
        ))}
      </>
    );
  }
}
