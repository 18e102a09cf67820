import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { ConfirmedTogether } from '#services/reviews/confirmed-together.ts';
import type { UndisputedLine } from '#services/reviews/criterion-view.ts';
import type { ReviewView } from '#services/reviews/get-review.ts';
import type { CriterionLine, ReviewHead, SectionView } from '#services/reviews/review-view.ts';
import { BlockShape } from '../score/block.tsx';
import { WhoseMark } from '../score/whose-score.tsx';
import { Signed } from '../ui/sign.tsx';

type CriteriaOutlineProps = {
  head: ReviewHead;
  section: SectionView;
  /** The criterion, or the determination, that is open. */
  current: string;
  /** What may be confirmed together; empty for who may not. */
  undisputed: readonly UndisputedLine[];
  /** What was confirmed together and can be undone, the newest first. */
  confirmed: readonly ConfirmedTogether[];
  /** Criteria about which a question waits for the insurer, or waited in vain. */
  asked: ReviewView['asked'];
};

/** The section's criteria with answer and verdict; the black bar marks where the climb stops. */
export async function CriteriaOutline({ head, section, current, undisputed, confirmed, asked }: CriteriaOutlineProps) {
  const [t, undo, format, locale] = await Promise.all([
    getTranslations('review'),
    getTranslations('desk.undo'),
    readFormatter(),
    getLocale().then(localeOf),
  ]);
  const base = `/reviews/${head.assessmentId}`;
  const here = `${base}/sections/${section.key}`;
  const list = `${base}/undisputed?section=${section.key}`;
  const own = undisputed.filter(({ sectionKey }) => sectionKey === section.key);
  const [last] = confirmed;
  const isSettled = section.determination === 'current' || section.determination === 'carried';
  const open = section.levels
    .flatMap(({ criteria }) => criteria)
    .find(({ key }) => head.toJudge.criteria.includes(key));
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('outline.criterion')}</th>
            <th scope="col">{t('outline.answer')}</th>
            <th scope="col">{t('outline.verdict')}</th>
          </tr>
        </thead>
        {section.levels.map(({ level, criteria }) => (
          <tbody key={level}>
            <tr className="lv">
              <th colSpan={3} scope="rowgroup">
                <span className="lv-head">
                  {t('outline.level', { level })}
                  {levelWay(level)}
                </span>
              </th>
            </tr>
            {criteria.map((line) => (
              <tr key={line.key} className={rowLook(line, current)}>
                <td className={line.stops ? 'stops' : undefined}>
                  <Link
                    href={`${here}?criterion=${line.key}`}
                    prefetch={false}
                    aria-current={line.key === current ? 'page' : undefined}
                  >
                    <span className="n">{line.key.slice(section.key.length + 1)}</span>
                    <span lang={locale}>{line.short[locale]}</span>
                    {line.stops && <span className="vh">{t('outline.stops')}</span>}
                    {askedOf(line)}
                  </Link>
                </td>
                <td>{answerOf(line)}</td>
                <td>{verdictOf(line)}</td>
              </tr>
            ))}
          </tbody>
        ))}
        <tbody>
          <tr className={current === 'determination' ? 'det cur' : 'det'}>
            <td colSpan={2}>
              <Link
                href={`${here}/determination`}
                aria-keyshortcuts="D"
                prefetch={false}
                aria-current={current === 'determination' ? 'page' : undefined}
              >
                <span className="n">
                  <WhoseMark whose={section.determined ? 'determined' : 'undetermined'} />
                </span>
                {t(section.carried ? 'strip.draftScore' : 'outline.determine')}
              </Link>
            </td>
            <td className={isSettled ? undefined : 'todo'}>{determinationWord()}</td>
          </tr>
        </tbody>
      </table>
      <div className="ways">
        <p className="meta">
          <Link href={`${base}/intake`} prefetch={false} aria-keyshortcuts="P">
            {t('outline.intake')}
          </Link>
          {': '}
          {t('outline.intakeOpen', { count: head.toJudge.intake.length })}
        </p>
        {own.length > 0 && (
          <p className="meta">
            <Link href={list} prefetch={false} aria-keyshortcuts="U">
              {t('outline.undisputed', { count: own.length })}
            </Link>
          </p>
        )}
        {last && (
          <p className="meta">
            <Link href={list} prefetch={false}>
              {undo('link', {
                count: last.keys.length,
                time: format.dateTime(new Date(last.confirmedAt), { timeStyle: 'short' }),
              })}
            </Link>
          </p>
        )}
        <p className="meta">
          <Link href={base} prefetch={false} aria-keyshortcuts="O">
            {t('outline.overview')}
          </Link>
        </p>
      </div>
    </>
  );

  /** Straight to the list of one level, where that holds something. */
  function levelWay(level: number) {
    const count = own.filter((line) => line.level === level).length;
    return (
      count > 0 && (
        <Link href={`${list}&level=${level}`} prefetch={false}>
          {t('outline.undisputedLevel', { count })}
          <span className="vh">{t('outline.undisputedOf', { level })}</span>
        </Link>
      )
    );
  }

  function answerOf({ trace, outside, answer }: CriterionLine) {
    if (!trace.applies) {
      return <Word kind="not_applicable">{t(section.carried ? 'outline.notMeasured' : 'outline.notApplicable')}</Word>;
    }
    const response = outside ?? answer;
    if (response === null) return <Word kind="open">{t('outline.open')}</Word>;
    if (trace.code === 'surpassed' && response !== 'met')
      return <Word kind="surpassed">{t(`responses.${response}`)}</Word>;
    return <Word kind={response}>{t(`responses.${response}`)}</Word>;
  }

  function verdictOf({ trace, verdict, askedAgain, outside }: CriterionLine) {
    if (!trace.applies) return null;
    if (verdict?.response) {
      const word = t(`responses.${verdict.response}`);
      return verdict.overrides ? (
        <b>
          <Signed kind="differs">{word}</Signed>
          <span className="vh">{t('outline.overridden')}</span>
        </b>
      ) : (
        <>
          <Signed kind="check">{word}</Signed>
          <span className="vh">{t('outline.confirmed')}</span>
        </>
      );
    }
    if (outside) return <span className="meta">{t('outline.outside')}</span>;
    return (
      <span className="todo">
        <Signed kind="open">{askedAgain ? t('outline.again') : t('outline.open')}</Signed>
      </span>
    );
  }

  /** A question that waits stands out less than one that nobody answered in time. */
  function askedOf({ key }: CriterionLine) {
    const state = asked[key];
    if (!state) return null;
    return (
      <span className={state === 'overdue' ? 'todo' : 'meta'}>
        {', '}
        <Signed kind={state === 'overdue' ? 'attention' : 'clock'}>{t(`outline.asked.${state}`)}</Signed>
      </span>
    );
  }

  function determinationWord() {
    if (section.determination === 'not_applicable') return t('outline.notApplicable');
    if (section.determination === 'outdated') return t('outline.again2');
    if (section.determined && section.determined !== section.computed.low) {
      return (
        <b>
          <Signed kind="differs">{String(section.determined)}</Signed>
          <span className="vh">{t('strip.otherThanComputed')}</span>
        </b>
      );
    }
    if (section.determined) return <b>{section.determined}</b>;
    return open ? t('outline.after', { key: open.key.slice(section.key.length + 1) }) : t('outline.open');
  }
}

function rowLook({ key, trace }: CriterionLine, current: string): string | undefined {
  return [key === current && 'cur', !trace.applies && 'off'].filter(Boolean).join(' ') || undefined;
}

function Word({ kind, children }: { kind: Parameters<typeof BlockShape>[0]['kind']; children: string }) {
  return (
    <span className="rs">
      <BlockShape kind={kind} />
      {children}
    </span>
  );
}
