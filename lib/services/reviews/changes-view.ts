import 'server-only';
import type { LocalizedText } from '#domain/framework.ts';
import type { ChangedPart } from '#domain/standing-verdicts.ts';
import { changedSince, type ReviewSource } from './review-view.ts';

/** What differs between the last two submissions, and what became of the verdicts. */
export type Changes = {
  /** The submission before. */
  number: number;
  signedAt: Date;
  criteria: readonly {
    key: string;
    sectionKey: string;
    short: LocalizedText;
    parts: readonly ChangedPart[];
    /** `again`: the verdict on what it said before does not stand. */
    verdict: 'again' | 'judged' | 'open';
  }[];
  intake: readonly { key: string; short: LocalizedText; from: boolean | null; to: boolean | null }[];
  /** Verdicts on criteria of which nothing changed: they stand. */
  stands: number;
};

/** Null where the insurer signed once. */
export function changesOf({ framework, facts, review }: ReviewSource): Changes | null {
  const { submission, previous, earlier } = facts;
  const then = previous && earlier[previous.id];
  if (!submission || !previous || !then) return null;
  const changed = framework.criteria
    .map((criterion) => ({ criterion, parts: changedSince(facts, criterion.key) }))
    .filter(({ parts }) => parts.length > 0);
  const keys = new Set(changed.map(({ criterion }) => criterion.key));
  const asked = new Set(review.toJudge.criteria);
  return {
    number: previous.number,
    signedAt: previous.signedAt,
    criteria: changed.map(({ criterion: { key, sectionKey, short }, parts }) => ({
      key,
      sectionKey,
      short,
      parts,
      verdict: review.standing.criteria.has(key)
        ? 'judged'
        : asked.has(key) && facts.criterionVerdicts[key]
          ? 'again'
          : 'open',
    })),
    intake: framework.intake
      .map(({ key, short }) => ({
        key,
        short,
        from: then.intake[key] ?? null,
        to: submission.snapshot.intake[key] ?? null,
      }))
      .filter(({ from, to }) => from !== to),
    stands: [...review.standing.criteria].filter((key) => !keys.has(key)).length,
  };
}
