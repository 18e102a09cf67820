import type { Criterion, Framework, Section } from '#domain/framework.ts';
import type { TrialFramework } from '#services/trial/get-trial.ts';

/**
 * The framework that the scoring functions ask for, out of what the page was sent: keys, levels, weights and what
 * decides. Its texts are not there, and nothing that scores reads them.
 */
export function scoringFramework({ intake, sections }: TrialFramework): Framework {
  const built = sections.map(({ key, weight, criteria: sketches }) => {
    const criteria = sketches.map((sketch) => ({ ...sketch, sectionKey: key }));
    const levels = ([2, 3, 4, 5] as const).map((level) => ({
      level,
      criteria: criteria.filter((criterion) => criterion.level === level),
    }));
    return { key, weight, criteria, levels };
  });
  const criteria = built.flatMap((section) => section.criteria);
  const byKey = new Map(criteria.map((criterion) => [criterion.key, criterion]));
  return {
    intake: intake.map((key) => ({ key })),
    sections: built as unknown as readonly Section[],
    criteria: criteria as unknown as readonly Criterion[],
    criterionIndex: new Map(criteria.map(({ key }, index) => [key, index])),
    criterion: (key: string) => byKey.get(key),
    section: (key: string) => built.find((section) => section.key === key),
  } as unknown as Framework;
}
