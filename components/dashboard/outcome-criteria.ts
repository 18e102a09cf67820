import type { DraftOutcomeContent, PublishedSection } from '#domain/snapshot.ts';
import type { FrameworkTexts } from '#services/publications/framework-texts.ts';
import type { CriterionView } from './dashboard-view.ts';

/** The criteria of a section as a draft outcome tells them, with the framework's words. */
export function outcomeCriteria(
  { criteria }: Pick<DraftOutcomeContent, 'criteria'>,
  { key, trace }: Pick<PublishedSection, 'key' | 'trace'>,
  texts: FrameworkTexts,
): CriterionView[] {
  const traces = trace.levels.flatMap((level) => level.criteria);
  return texts.criteria
    .filter(({ sectionKey }) => sectionKey === key)
    .map((criterion) => ({
      ...criterion,
      ...(criteria.find((candidate) => candidate.key === criterion.key) ?? {
        applies: false,
        answer: null,
        outside: null,
        verdict: null,
      }),
      stops: trace.stops.includes(criterion.key),
      by: traces.find((candidate) => candidate.key === criterion.key)?.by ?? null,
    }));
}
