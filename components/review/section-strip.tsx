import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { type Fraction, round1HalfUp } from '#domain/fraction.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { ReviewHead, SectionHead } from '#services/reviews/review-view.ts';
import { Staircase } from '../score/staircase.tsx';
import { type Whose, WhoseMark } from '../score/whose-score.tsx';
import { keepHyphens } from '../ui/keep-hyphens.tsx';
import { Signed } from '../ui/sign.tsx';
import { rangeText, stairsOf, stairsWithMarks } from './score-facts.ts';

type SectionStripProps = { head: ReviewHead; current: SectionHead | null; title: string };

/** Whose score is what, in the section that is open and in total, and the way to the other sections. */
export async function SectionStrip({ head, current, title }: SectionStripProps) {
  const [t, locale] = await Promise.all([getTranslations('review.strip'), getLocale().then(localeOf)]);
  const total = (value: Fraction | null) => (value ? round1HalfUp(value, locale) : '–');
  const range = (score: { low: SectionHead['own']['low']; high: SectionHead['own']['high'] }) =>
    rangeText(score, { none: t('notApplicable'), range: (low, high) => t('range', { low, high }) });
  const { own, computed, determined } = head.totals;
  const name = isDecided(head) ? t('determined') : t('draftScore');
  return (
    <>
      <div>
        <p className="meta">{current ? t('section', { key: current.key }) : head.organisation.name}</p>
        <h1 lang={current ? 'nl' : undefined}>{keepHyphens(title)}</h1>
      </div>
      <div className="stairs">
        {current?.applies && (
          <Staircase
            size="strip"
            {...stairsWithMarks(current.computed, current.own, current.determined)}
            label={
              current.determined
                ? t('drawingDetermined', {
                    own: range(current.own),
                    computed: range(current.computed),
                    name: name.toLowerCase(),
                    determined: current.determined,
                  })
                : t('drawing', { own: range(current.own), computed: range(current.computed) })
            }
          />
        )}
      </div>
      <dl className="scores">
        {current && (
          <>
            <Score whose="own" name={t('own')} value={range(current.own)} note={stopNote(current.own)} />
            <Score
              whose="computed"
              name={t('computed')}
              value={range(current.computed)}
              note={stopNote(current.computed)}
            />
            <Score
              whose={current.determined ? 'determined' : 'undetermined'}
              name={name}
              value={current.determined ?? '–'}
              note={determinationNote(current)}
            />
          </>
        )}
        <div className={current ? 'tot' : undefined}>
          <dt>
            <WhoseMark whose={determined ? 'determined' : 'computed'} />
            {t('total')}
          </dt>
          <dd>{total(determined ?? computed)}</dd>
          <dd className="meta">
            {determined ? t('computedTotal', { total: total(computed) }) : t('ownTotal', { total: total(own) })}
          </dd>
        </div>
      </dl>
      <nav className="tabs" aria-label={t('sections')}>
        {head.sections.map((section) => (
          <Link
            key={section.key}
            href={`/reviews/${head.assessmentId}/sections/${section.key}`}
            prefetch={false}
            aria-current={section.key === current?.key ? 'page' : undefined}
          >
            <span>{section.key}</span>
            {section.applies && <Staircase size="small" {...stairsOf(levelOf(section))} />}
            <span className="meta">{tabWords(section)}</span>
          </Link>
        ))}
      </nav>
    </>
  );

  function tabWords(section: SectionHead): ReactNode {
    if (!section.applies) return t('notApplicable');
    const score = t('score', { score: range(levelOf(section)) });
    if (!differs(section)) return score;
    return (
      <>
        <Signed kind="differs">{score}</Signed>
        <span className="vh">{t('otherThanComputed')}</span>
      </>
    );
  }

  function stopNote({ low, high, stops, stopsHigh, applies, carried }: SectionHead['own']): string {
    if (!applies) return t('notApplicable');
    if (carried) return t('carried');
    const [stop] = low === high ? stops : stopsHigh;
    return stop ? t('stopsAt', { key: stop }) : t('complete');
  }

  function determinationNote({
    determination,
    determined: level,
    computed: score,
    judged,
    toBeJudged,
  }: SectionHead): string {
    if (determination === 'not_applicable') return t('notApplicable');
    if (determination === 'carried') return t('carried');
    if (determination === 'outdated') return t('outdated');
    if (determination === 'none') {
      return judged < toBeJudged ? t('afterVerdicts', { of: toBeJudged, judged }) : t('canDetermine');
    }
    return level === score.low ? t('sameAsComputed') : t('otherThanComputed');
  }
}

/** The level that counts for a section by now: the one that was determined, else the computed one. */
function levelOf({ determined, determination, computed }: SectionHead) {
  return determined && determination === 'current' ? { low: determined, high: determined } : computed;
}

function differs(section: SectionHead): boolean {
  return levelOf(section).low !== section.computed.low;
}

/** From then on the draft score is called the determined one. */
export function isDecided({ state }: Pick<ReviewHead, 'state'>): boolean {
  return state === 'decided' || state === 'published';
}

function Score({ whose, name, value, note }: { whose: Whose; name: string; value: ReactNode; note: string }) {
  return (
    <div>
      <dt>
        <WhoseMark whose={whose} />
        {name}
      </dt>
      <dd>{value}</dd>
      <dd className="meta">{note}</dd>
    </div>
  );
}
