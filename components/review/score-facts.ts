import type { Level } from '#domain/framework.ts';
import type { SectionScore } from '#domain/scoring.ts';
import type { StaircaseFacts } from '../score/staircase-geometry.ts';

type Range = { low: Level | null; high: Level | null };

/** What the small staircase draws of a score; a climb that open answers cannot lengthen stops at its next step. */
export function stairsOf({ low, high }: Range): StaircaseFacts {
  const reach = high ?? low ?? 1;
  return { low: low ?? 1, high: reach, stopAt: reach < 5 ? reach + 1 : undefined };
}

/** The strip's drawing: the computed climb, with own and determined beside it. */
export function stairsWithMarks(computed: SectionScore, own: SectionScore, determined: Level | null): StaircaseFacts {
  return {
    ...stairsOf(computed),
    own: own.low ?? undefined,
    computed: computed.low ?? undefined,
    determined: determined ?? undefined,
  };
}

/** A level, or the two ends of an interval, in the page's words. */
export function rangeText({ low, high }: Range, words: { none: string; range: (low: number, high: number) => string }) {
  if (low === null || high === null) return words.none;
  return low === high ? String(low) : words.range(low, high);
}
