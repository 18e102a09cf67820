import type { Section } from '#domain/framework.ts';
import type { Work } from '#services/assessments/work-facts.ts';
import { type EarlierRound, type LastRoundFacts, sourceOf } from './last-round-facts.ts';
import { type EarlierAnswer, earlierAnswer, type SectionStep, sectionStep } from './take-over-plan.ts';

/** What taking over a section would do at one of its criteria. */
export type CriterionPlan = {
  criterionKey: string;
  step: SectionStep;
  source: EarlierRound | null;
  earlier: EarlierAnswer | null;
};

/** The plan of a section, in the norm's order: shown beforehand, and followed by the verb. */
export function sectionPlan(work: Work, last: LastRoundFacts, section: Section): readonly CriterionPlan[] {
  const supported = new Set(work.evidence.map(({ link }) => link?.criterionKey));
  return section.criteria.map(({ key, text }) => {
    const source = sourceOf(last, key) ?? null;
    const earlier = source && earlierAnswer(source, key, text);
    const step = sectionStep(earlier, key, {
      applies: work.score.traces[key]?.applies === true,
      explanation: work.answers[key]?.explanation ?? '',
      hasEvidence: supported.has(key),
    });
    return { criterionKey: key, step, source, earlier };
  });
}
