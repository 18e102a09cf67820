import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { type Fraction, round1HalfUp } from '#domain/fraction.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { ReviewOverview } from '#services/reviews/get-review-overview.ts';
import type { SectionHead } from '#services/reviews/review-view.ts';
import { CarriedWord } from '../score/carried-note.tsx';
import { ScoreLine } from '../score/score-words.tsx';
import { WhoseScore } from '../score/whose-score.tsx';
import { keepHyphens } from '../ui/keep-hyphens.tsx';
import { Signed } from '../ui/sign.tsx';
import { Table } from '../ui/table.tsx';
import { rangeText, stairsOf } from './score-facts.ts';
import { isDecided } from './section-strip.tsx';
import { stepKeys } from './step-keys.ts';

type OverviewSectionsProps = { head: ReviewOverview['head']; content: NonNullable<ReviewOverview['content']> };

/** The sections with own, computed and determined score beside each other, and how far the verdicts are. */
export async function OverviewSections({ head, content }: OverviewSectionsProps) {
  const [t, locale] = await Promise.all([getTranslations('review'), getLocale().then(localeOf)]);
  const { sections, totals, toJudge, intake } = content;
  const base = `/reviews/${head.assessmentId}`;
  const range = (score: SectionHead['own']) =>
    rangeText(score, { none: t('queue.notApplicable'), range: (low, high) => t('strip.range', { low, high }) });
  const total = (value: Fraction | null) => (value ? round1HalfUp(value, locale) : '–');
  const decided = isDecided(head) ? t('overview.determined') : t('overview.draftScore');
  return (
    <div className="stacks">
      <Table label={t('overview.sections')}>
        <thead>
          <tr>
            <th scope="col">{t('overview.section')}</th>
            <th scope="col">
              <WhoseScore whose="own">{t('overview.own')}</WhoseScore>
            </th>
            <th scope="col">
              <WhoseScore whose="computed">{t('overview.computed')}</WhoseScore>
            </th>
            <th scope="col">
              <WhoseScore whose="determined">{decided}</WhoseScore>
            </th>
            <th scope="col" className="r">
              {t('overview.verdicts')}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              <Link href={`${base}/intake`} prefetch={false} aria-keyshortcuts={stepKeys.intake}>
                {t('overview.intakeLine')}
              </Link>
            </th>
            <td colSpan={3} />
            <td className="r" data-label={t('overview.verdicts')}>
              {t('queue.judged', { judged: intake.length - toJudge.intake.length, of: intake.length })}
            </td>
          </tr>
          {sections.map((section) => (
            <tr key={section.key}>
              <th scope="row">
                <Link href={`${base}/sections/${section.key}`} prefetch={false}>
                  {section.key} <span lang={locale}>{keepHyphens(section.title[locale])}</span>
                </Link>
                {section.carried && (
                  <span className="meta under-word">
                    <CarriedWord carried={section.carried} />
                  </span>
                )}
              </th>
              <td data-label={t('overview.own')}>{range(section.own)}</td>
              <td data-label={t('overview.computed')}>
                {section.applies ? (
                  <ScoreLine facts={stairsOf(section.computed)}>{range(section.computed)}</ScoreLine>
                ) : (
                  t('queue.notApplicable')
                )}
              </td>
              <td data-label={decided}>
                {section.applies && (
                  <Link href={`${base}/sections/${section.key}/determination`} prefetch={false}>
                    {determinedText(section)}
                  </Link>
                )}
              </td>
              <td className="r" data-label={t('overview.verdicts')}>
                {t('queue.judged', { judged: section.judged, of: section.toBeJudged })}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('overview.total')}</th>
            <td data-label={t('overview.own')}>
              <b>{total(totals.own)}</b>
            </td>
            <td data-label={t('overview.computed')}>
              <b>{total(totals.computed)}</b>
            </td>
            <td data-label={decided}>
              <b>{total(totals.determined)}</b>
            </td>
            <td />
          </tr>
        </tbody>
      </Table>
    </div>
  );

  function determinedText({ determined, determination, computed }: SectionHead) {
    if (determined === null) return t('outline.open');
    if (determination === 'outdated') return `${determined}, ${t('strip.outdated')}`;
    if (determined === computed.low) return String(determined);
    return <Signed kind="differs">{`${determined}, ${t('strip.otherThanComputed')}`}</Signed>;
  }
}
