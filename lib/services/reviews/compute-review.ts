import 'server-only';
import type { Fraction } from '#domain/fraction.ts';
import type { Framework, Level } from '#domain/framework.ts';
import { type AssessmentScore, determinedTotal, type Layers, scoreAssessment, sectionScore } from '#domain/scoring.ts';
import type { Guard } from '#domain/workflow.ts';
import { isStanding, layersOf, type ScoredFacts } from './review-facts.ts';

/** Where a section's determination stands. `carried`: it stands since an earlier round. `outdated`: made on another level than the one that is computed now (clause 13). */
export type DeterminationState = 'not_applicable' | 'carried' | 'none' | 'current' | 'outdated';

export type Review = {
  /** What the insurer signed: its answers, and the outside results that it saw. */
  ownLayers: Layers;
  own: AssessmentScore;
  /** The same, with the latest outside results and the standing verdicts laid over it. */
  layers: Layers;
  computed: AssessmentScore;
  /** Keys of criteria and intake facts whose last verdict holds for what is signed now. */
  standing: { criteria: ReadonlySet<string>; intake: ReadonlySet<string> };
  /** What still asks for a verdict, in the norm's order: applicable criteria without an outside result, and intake facts. */
  toJudge: { criteria: readonly string[]; intake: readonly string[] };
  determination: Readonly<Record<string, DeterminationState>>;
  /** Determined levels of the sections that apply, outdated ones included: what a total is made of (clause 13). */
  determined: Readonly<Record<string, Level>>;
  /** Exact; null until every section that applies has a determination. */
  determinedTotal: Fraction | null;
  /** Answers for `propose`. */
  guards: Pick<Record<Guard, boolean>, 'everything_judged' | 'every_section_determined' | 'determinations_current'>;
};

/**
 * The one view of a review: what was claimed, what follows from the verdicts, what is still to be decided
 * (norm framework clauses 12 and 13). Every verb of the supervisor rests on it.
 */
export function computeReview(framework: Framework, facts: ScoredFacts): Review {
  const layers = layersOf(facts);
  const ownLayers = ownLayersOf(facts, layers);
  const computed = scoreAssessment(framework, layers);
  const determination = Object.fromEntries(
    computed.sections.map(({ key }) => [key, determinationState(facts, computed, key)]),
  );
  const determined = determinedLevels(facts, computed);
  const toJudge = {
    criteria: framework.criteria.map(({ key }) => key).filter((key) => isUnjudged(computed, key)),
    intake: framework.intake.map(({ key }) => key).filter((key) => layers.intakeVerdicts?.[key] === undefined),
  };
  const states = Object.values(determination);
  const everySection = !states.includes('none');
  return {
    ownLayers,
    own: scoreAssessment(framework, ownLayers),
    layers,
    computed,
    standing: {
      criteria: new Set(standingKeys(facts, facts.criterionVerdicts)),
      intake: new Set(standingKeys(facts, facts.intakeVerdicts)),
    },
    toJudge,
    determination,
    determined,
    determinedTotal: everySection ? determinedTotal(framework, determined) : null,
    guards: {
      everything_judged: facts.submission !== null && toJudge.criteria.length === 0 && toJudge.intake.length === 0,
      every_section_determined: everySection,
      determinations_current: !states.includes('outdated'),
    },
  };
}

/** What the insurer signed stays what it was: an outside result that came later is no part of its own score. */
function ownLayersOf({ submission }: ScoredFacts, { intake, answers, carried }: Layers): Layers {
  const seen = Object.entries(submission?.snapshot.outside ?? {});
  const outside = Object.fromEntries(seen.map(([key, result]) => [key, result.response]));
  return { intake, answers, outside, carried };
}

function isUnjudged({ traces }: AssessmentScore, key: string): boolean {
  const trace = traces[key];
  return trace?.applies === true && trace.layer !== 'verdict' && trace.layer !== 'outside';
}

function standingKeys(facts: ScoredFacts, verdicts: ScoredFacts['criterionVerdicts']): string[] {
  return Object.entries(verdicts).flatMap(([key, verdict]) => (isStanding(facts, verdict) ? [key] : []));
}

function determinationState(facts: ScoredFacts, computed: AssessmentScore, key: string): DeterminationState {
  const section = sectionScore(computed, key);
  if (!section?.applies) return 'not_applicable';
  if (section.carried) return 'carried';
  const made = facts.determinations[key];
  if (!made) return 'none';
  return section.low === section.high && made.computedLevel === section.low ? 'current' : 'outdated';
}

function determinedLevels({ determinations }: ScoredFacts, computed: AssessmentScore): Record<string, Level> {
  const levels = computed.sections.flatMap(({ key, applies, carried, low }) => {
    const level = carried ? low : determinations[key]?.level;
    return applies && level ? [[key, level as Level]] : [];
  });
  return Object.fromEntries(levels);
}
