import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { Staircase } from '#components/score/staircase.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { round1HalfUp } from '#domain/fraction.ts';
import { dayInAmsterdam } from '#domain/terms.ts';
import { formatDay, formatTime } from '#lib/i18n/dates.ts';
import type { TaskList } from '#services/assessments/get-task-list.ts';
import type { LastSaved } from '#services/assessments/work-facts.ts';
import { checkPath, criterionPath, intakePath } from '../paths.ts';

type NowPanelProps = { data: TaskList; work: NonNullable<TaskList['work']>; now: Date };

/** The figure of the page, what to do next, and how far it is. */
export async function NowPanel({ data, work, now }: NowPanelProps) {
  const [t, locale] = await Promise.all([getTranslations('insurer.now'), getLocale()]);
  const { status } = data;
  const { total } = work;
  const [low, high] = total ? [round1HalfUp(total.low, locale), round1HalfUp(total.high, locale)] : [null, null];
  return (
    <section className="now" aria-labelledby="next">
      {low === null ? (
        <p className="wordfigure">
          <Staircase size="middle" low={1} waiting />
          {t('waits')}
        </p>
      ) : (
        <p className="figure">
          <span className="vh">{t('total')} </span>
          {low}
          {high !== low && (
            <span className="can">
              <span className="vh">, </span>
              {t.rich('can', { total: high, b: (text) => <b>{text}</b> })}
            </span>
          )}
        </p>
      )}
      <NextStep data={data} work={work} now={now} />
      <DefinitionList
        variant="scale"
        items={[
          { term: t('days'), value: status.deadlineOver ? t('daysOver') : t('daysLeft', { days: status.daysLeft }) },
          {
            term: t('answered'),
            value: t('answeredOf', { responded: work.responded, applicable: work.applicable }),
          },
          {
            term: t('blocks'),
            value: (
              <Link href={checkPath(status.id)} prefetch={false}>
                {t('points', { count: work.blocks + work.hindrances.length })}
              </Link>
            ),
          },
        ]}
      />
    </section>
  );
}

async function NextStep({ data, work, now }: NowPanelProps) {
  const [t, home, locale] = await Promise.all([
    getTranslations('insurer.now'),
    getTranslations('insurer.home'),
    getLocale(),
  ]);
  const { id } = data.status;
  const { resume, lastSaved } = work;
  if (resume.at === 'intake') {
    return <Lead title={t('intakeTitle')} text={t('intakeText')} href={intakePath(id)} button={home('intake')} />;
  }
  if (resume.at === 'criterion') {
    const { key, short, gain } = resume;
    const named = { key, short: short[locale] };
    const gained = gain?.total && {
      key,
      section: gain.sectionKey,
      level: gain.level,
      total: round1HalfUp(gain.total, locale),
    };
    return (
      <Lead
        title={lastSaved ? t('resumeTitle', named) : t('beginTitle', named)}
        text={[lastSaved && (await lastSavedWords(lastSaved, now)), gained && t('gain', gained)]
          .filter(Boolean)
          .join(' ')}
        href={criterionPath(id, key)}
        button={lastSaved ? home('resume', { key }) : home('begin', { key })}
      />
    );
  }
  const ready = work.blocks === 0;
  const [title, text] = ready
    ? [t('readyTitle'), t(readyWords(data, work))]
    : data.mayAnswer
      ? [t('doneTitle'), t('doneText')]
      : [t('othersTitle'), t('othersText')];
  return (
    <Lead
      title={title}
      text={text}
      href={checkPath(id)}
      button={ready && data.maySubmit && !data.status.deadlineOver ? home('check') : home('look')}
    />
  );
}

function readyWords({ maySubmit }: TaskList, { hindrances }: NowPanelProps['work']) {
  if (hindrances.includes('term_over')) return 'readyOver';
  if (hindrances.includes('no_signatory')) return 'readyNobody';
  return maySubmit ? 'readySign' : 'readyOther';
}

function Lead({ title, text, href, button }: { title: string; text: string; href: string; button: string }) {
  return (
    <div className="lead">
      <h2 id="next">{title}</h2>
      {text && <p>{text}</p>}
      <div className="btnrow">
        <ButtonLink href={href}>{button}</ButtonLink>
      </div>
    </div>
  );
}

/** "U was vandaag om 14:02 bij III.4.a." */
export async function lastSavedWords({ key, at }: LastSaved, now: Date): Promise<string> {
  const [t, locale] = await Promise.all([getTranslations('insurer.now'), getLocale()]);
  const time = formatTime(at, locale);
  if (dayInAmsterdam(at) === dayInAmsterdam(now)) return t('lastToday', { time, key });
  return t('lastOn', { day: formatDay(at, locale), time, key });
}
