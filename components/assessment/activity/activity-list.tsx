import { getLocale, getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import { dayInAmsterdam } from '#domain/terms.ts';
import { formatDay, formatTime } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { Activity, ActivityLine } from '#services/history/list-activity.ts';
import { historyPath } from '../answer/history-path.ts';
import { criterionPath } from '../criterion/criterion-path.ts';

/** What was done, by day: the time, who, and what in a sentence with the way to the spot. */
export async function ActivityList({ activity }: { activity: Activity }) {
  const locale = localeOf(await getLocale());
  const days = Map.groupBy(activity.lines, ({ at }) => dayInAmsterdam(at));
  return [...days].map(([day, lines]) => (
    <Band key={day} id={`day-${day}`} title={formatDay(day, locale)}>
      <ol className="acts">
        {lines.map((line) => (
          <Line key={line.id} line={line} assessmentId={activity.assessmentId} />
        ))}
      </ol>
    </Band>
  ));
}

async function Line({ line, assessmentId }: { line: ActivityLine; assessmentId: string }) {
  const [t, history, locale] = await Promise.all([
    getTranslations('history.activity'),
    getTranslations('history'),
    getLocale().then(localeOf),
  ]);
  const { at, kind, criterionKey, subject, sectionKey, times, first, response } = line;
  const spot = kind.startsWith('note') ? '#notes' : kind.startsWith('evidence') ? '#evidence' : '';
  return (
    <li>
      <time className="meta" dateTime={at.toISOString()}>
        {formatTime(at, locale)}
      </time>
      <p>
        <b>{line.userId === null ? t('supervisor') : line.you ? t('you') : (line.name ?? t('unknown'))}</b>{' '}
        {t.rich(`kinds.${kind}`, {
          first: String(first),
          times,
          response: response ? t(`responses.${response}`) : t('noResponse'),
          subject: subject ?? '',
          section: sectionKey ?? '',
          at: criterionKey ?? 'none',
          key: () => (
            <a className="key" href={`${criterionPath(assessmentId, criterionKey ?? '')}${spot}`}>
              {criterionKey}
            </a>
          ),
        })}{' '}
        {kind === 'answer' && criterionKey && (times > 1 || !first) && (
          <a className="meta" href={historyPath(assessmentId, criterionKey)}>
            {history('link')}
            <span className="vh"> {criterionKey}</span>
          </a>
        )}
      </p>
    </li>
  );
}
