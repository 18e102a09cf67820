import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Fragment, type ReactNode } from 'react';
import type { CriterionLine, ReviewHead, SectionView } from '#services/reviews/review-view.ts';
import { DefinitionList } from '../ui/definition-list.tsx';

/** Why the computed level is what it is: per level what was fulfilled, and what stops the climb. */
export async function SectionTrace({ head, section }: { head: ReviewHead; section: SectionView }) {
  const t = await getTranslations('review');
  const lines = new Map(section.levels.flatMap(({ criteria }) => criteria).map((line) => [line.key, line]));
  const href = (key: string) => `/reviews/${head.assessmentId}/sections/${section.key}?criterion=${key}`;
  const { computed } = section;
  return (
    <DefinitionList
      variant="trace"
      items={computed.levels.map((level) => {
        const gaps = level.criteria.filter((trace) => trace.applies && !trace.fulfilled);
        const open = gaps.flatMap(({ key }) => lines.get(key) ?? []);
        return { id: String(level.level), term: level.level, value: levelText(level, open) };
      })}
    />
  );

  function levelText(level: (typeof computed.levels)[number], gaps: readonly CriterionLine[]): ReactNode {
    if (level.passedThrough) return t('trace.passed');
    if (level.reached) return t('trace.met', { count: level.criteria.filter(({ applies }) => applies).length });
    if (gaps.length === 0) return t('trace.aboveMet');
    const stops = level.level === (computed.low ?? 0) + 1 || gaps.some(({ key }) => computed.stops.includes(key));
    return t.rich(stops ? 'trace.stops' : 'trace.above', { list: () => listed(gaps) });
  }

  function listed(gaps: readonly CriterionLine[]): ReactNode {
    return gaps.map((line, place) => (
      <Fragment key={line.key}>
        {place > 0 && '; '}
        {t.rich(itemKey(line), {
          key: () => (
            <Link href={href(line.key)} prefetch={false}>
              {line.key}
            </Link>
          ),
          response: line.trace.response ? t(`responses.${line.trace.response}`) : '',
          ground: line.verdict?.ground ? t(`grounds.${line.verdict.ground}`) : '',
        })}
      </Fragment>
    ));
  }
}

function itemKey({ trace, verdict }: CriterionLine) {
  if (trace.response === null) return 'trace.itemOpen';
  return verdict?.ground ? 'trace.itemGround' : 'trace.item';
}
