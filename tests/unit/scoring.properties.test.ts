import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Response, type ResponseMap, responses } from '#domain/answers.ts';
import { addFractions, compareFractions, fraction } from '#domain/fraction.ts';
import type { Framework } from '#domain/framework.ts';
import { type AssessmentScore, type Layers, scoreAssessment } from '#domain/scoring.ts';
import { norm, sketch } from '../support/frameworks.ts';

const facts = ['alpha', 'beta'];
const raised: Record<Response, Response> = { not_met: 'partly', partly: 'met', met: 'met' };

/** Any framework: up to three sections of any weight, some criteria conditional, some surpassed by higher ones. */
const anyFramework: fc.Arbitrary<Framework> = fc
  .array(
    fc.record({
      weight: fc.integer({ min: 1, max: 7 }),
      appliesWhen: fc.option(fc.constantFrom(...facts), { nil: undefined, freq: 5 }),
      sizes: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.integer({ min: 1, max: 3 })),
      conditions: fc.array(fc.option(fc.constantFrom(...facts), { nil: undefined, freq: 2 }), { maxLength: 12 }),
      links: fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 8 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((sections) =>
    sketch(
      Object.fromEntries(
        sections.map(({ weight, appliesWhen, sizes, conditions, links }, place) => {
          const sectionKey = 'ABC'[place] as string;
          const keys = sizes.flatMap((size, step) =>
            [...'abc'].slice(0, size).map((letter) => `${sectionKey}.${step + 2}.${letter}`),
          );
          const criteria = keys.map((key, index) => {
            const higher = links
              .filter(([from]) => from === index)
              .map(([, to]) => keys[to])
              .filter((to) => to !== undefined && (to.split('.')[1] as string) > (key.split('.')[1] as string));
            const fulfilledBy = [...new Set(higher)] as string[];
            return { key, appliesWhen: conditions[index], ...(fulfilledBy.length > 0 && { fulfilledBy }) };
          });
          return [sectionKey, { weight, appliesWhen, criteria }];
        }),
      ),
      facts,
    ),
  );

const anyFrameworkOrNorm = fc.oneof(
  { weight: 4, arbitrary: anyFramework },
  { weight: 1, arbitrary: fc.constant(norm) },
);

function responsesFor(framework: Framework, freq = 3): fc.Arbitrary<ResponseMap> {
  const keys = framework.criteria.map(({ key }) => key);
  return fc
    .array(fc.option(fc.constantFrom(...responses), { freq, nil: undefined }), {
      minLength: keys.length,
      maxLength: keys.length,
    })
    .map((values) => defined(keys, values));
}

function intakeFor(framework: Framework) {
  const keys = framework.intake.map(({ key }) => key);
  return fc
    .array(fc.option(fc.boolean(), { nil: undefined }), { minLength: keys.length, maxLength: keys.length })
    .map((values) => defined(keys, values));
}

function defined<T>(keys: readonly string[], values: readonly (T | undefined)[]): Record<string, T> {
  return Object.fromEntries(keys.flatMap((key, index) => (values[index] === undefined ? [] : [[key, values[index]]])));
}

const anyCase = anyFrameworkOrNorm.chain((framework) =>
  fc.record({
    framework: fc.constant(framework),
    layers: fc.record({
      intake: intakeFor(framework),
      answers: responsesFor(framework),
      outside: responsesFor(framework, 1),
      verdicts: responsesFor(framework, 1),
      intakeVerdicts: intakeFor(framework),
    }),
    pick: fc.nat(),
  }),
);

const check = (property: (value: { framework: Framework; layers: Layers; pick: number }) => void) =>
  fc.assert(fc.property(anyCase, property), { numRuns: 1000 });

/** Both ends of every section and of the total; what does not apply counts as 0. */
function ends(score: AssessmentScore, end: 'low' | 'high') {
  return [...score.sections.map((section) => fraction(section[end] ?? 0)), score.total?.[end] ?? fraction(0)];
}

function neverBelow(higher: ReturnType<typeof ends>, lower: ReturnType<typeof ends>) {
  lower.forEach((value, index) => {
    expect(compareFractions(higher[index] ?? fraction(0), value)).toBeGreaterThanOrEqual(0);
  });
}

/** All criteria that a framework has, with the missing answers filled in by verdicts. */
function filled(framework: Framework, layers: Layers, fill: (key: string) => Response): Layers {
  const { traces } = scoreAssessment(framework, layers);
  const open = framework.criteria.filter(({ key }) => traces[key]?.applies && traces[key]?.response === null);
  const verdicts = Object.fromEntries(open.map(({ key }) => [key, fill(key)]));
  return { ...layers, verdicts: { ...layers.verdicts, ...verdicts } };
}

describe('for any framework and any answers', () => {
  test('low is never above high, and equal when complete', () => {
    check(({ framework, layers }) => {
      const score = scoreAssessment(framework, layers);
      neverBelow(ends(score, 'high'), ends(score, 'low'));
      if (score.complete) expect(ends(score, 'low')).toEqual(ends(score, 'high'));
    });
  });

  test('low is the score with everything open not met, high with everything open met, and all else lies between', () => {
    check(({ framework, layers, pick }) => {
      const score = scoreAssessment(framework, layers);
      const worst = scoreAssessment(
        framework,
        filled(framework, layers, () => 'not_met'),
      );
      const best = scoreAssessment(
        framework,
        filled(framework, layers, () => 'met'),
      );
      expect(ends(worst, 'low')).toEqual(ends(score, 'low'));
      expect(ends(best, 'high')).toEqual(ends(score, 'high'));
      const any = filled(
        framework,
        layers,
        (key) => responses[(pick + key.charCodeAt(key.length - 1)) % 3] as Response,
      );
      const between = scoreAssessment(framework, any);
      expect(between.complete).toBe(true);
      neverBelow(ends(between, 'low'), ends(score, 'low'));
      neverBelow(ends(score, 'high'), ends(between, 'high'));
    });
  });

  test('raising an answer never lowers a score', () => {
    check(({ framework, layers, pick }) => {
      const { key } = framework.criteria[pick % framework.criteria.length] ?? { key: '' };
      const before = scoreAssessment(framework, layers);
      const response = before.traces[key]?.response;
      if (!response) return;
      const after = scoreAssessment(framework, {
        ...layers,
        verdicts: { ...layers.verdicts, [key]: raised[response] },
      });
      neverBelow(ends(after, 'low'), ends(before, 'low'));
      neverBelow(ends(after, 'high'), ends(before, 'high'));
    });
  });

  test('the order in which answers stand is irrelevant', () => {
    check(({ framework, layers }) => {
      const turned = <T>(map: Readonly<Record<string, T>> = {}) => Object.fromEntries(Object.entries(map).toReversed());
      const other = {
        intake: turned(layers.intake),
        answers: turned(layers.answers),
        outside: turned(layers.outside),
        verdicts: turned(layers.verdicts),
        intakeVerdicts: turned(layers.intakeVerdicts),
      };
      expect(scoreAssessment(framework, other)).toEqual(scoreAssessment(framework, layers));
    });
  });

  test('replaying the trace gives the score', () => {
    check(({ framework, layers }) => {
      const score = scoreAssessment(framework, layers);
      let weights = 0;
      let sum = fraction(0);
      for (const section of score.sections) {
        const replayed = replay(section.levels, score);
        expect(section.low).toBe(replayed);
        if (replayed === null) continue;
        const weight = framework.section(section.key)?.weight ?? 0;
        weights += weight;
        sum = addFractions(sum, fraction(replayed * weight));
      }
      const total = weights === 0 ? null : fraction(sum.numerator, sum.denominator * BigInt(weights));
      expect(score.total?.low ?? null).toEqual(total);
    });
  });

  test('scoring changes nothing that it was given', () => {
    check(({ framework, layers }) => {
      const before = JSON.stringify(layers);
      scoreAssessment(framework, layers);
      expect(JSON.stringify(layers)).toBe(before);
    });
  });
});

/** Climbs by the trace alone: a criterion counts when met, or when the one named in `by` counts. */
function replay(levels: AssessmentScore['sections'][number]['levels'], { traces }: AssessmentScore): number | null {
  const counts = (key: string) => {
    const trace = traces[key];
    if (!trace?.applies) return false;
    const through = trace.by === null ? trace : traces[trace.by];
    return through?.applies === true && through.response === 'met';
  };
  if (!levels.some(({ criteria }) => criteria.some(({ applies }) => applies))) return null;
  const stop = levels.find(({ criteria }) => criteria.some(({ applies, key }) => applies && !counts(key)));
  return stop ? stop.level - 1 : 5;
}
