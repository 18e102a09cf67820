import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scoringFramework } from '#components/assessment/trial/trial-framework.ts';
import { type Response, responses } from '#domain/answers.ts';
import type { Level } from '#domain/framework.ts';
import { missingFor } from '#domain/score-advice.ts';
import { scoreAssessment } from '#domain/scoring.ts';
import type { TrialFramework } from '#services/trial/get-trial.ts';
import { norm } from '../support/frameworks.ts';

/** As the page is sent it. */
const sent: TrialFramework = JSON.parse(
  JSON.stringify({
    intake: norm.intake.map(({ key }) => key),
    sections: norm.sections.map(({ key, title, weight, criteria }) => ({
      key,
      title,
      weight,
      criteria: criteria.map((one) => ({
        key: one.key,
        level: one.level,
        short: one.short,
        appliesWhen: one.appliesWhen,
        fulfilledBy: one.fulfilledBy,
      })),
    })),
  }),
);

const layers = fc.record({
  intake: fc.dictionary(fc.constantFrom(...norm.intake.map(({ key }) => key)), fc.boolean()),
  answers: fc.dictionary(
    fc.constantFrom(...norm.criteria.map(({ key }) => key)),
    fc.constantFrom<Response>(...responses),
    { maxKeys: 44 },
  ),
});

test('a trial scores, explains and advises as every other page does', () => {
  const small = scoringFramework(sent);
  fc.assert(
    fc.property(layers, fc.constantFrom<Level>(2, 3, 4, 5), (given, target) => {
      const whole = scoreAssessment(norm, given);
      const trial = scoreAssessment(small, given);
      expect(trial).toEqual(whole);
      for (const { key } of norm.sections) {
        expect(missingFor(small, trial, key, target)).toEqual(missingFor(norm, whole, key, target));
      }
    }),
  );
});
