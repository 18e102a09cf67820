import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Response, type ResponseMap, responses } from '#domain/answers.ts';
import { fraction, toLowest } from '#domain/fraction.ts';
import type { Level } from '#domain/framework.ts';
import { effectOf, gainsOf, levelOneShown, missingFor, weakenedBy, weakenedByIntake } from '#domain/score-advice.ts';
import { type Layers, scoreAssessment, sectionScore } from '#domain/scoring.ts';
import { norm, sketch } from '../support/frameworks.ts';

const intake = { ownLossAdjusters: true, externalLossAdjusters: true, authorisedAgents: true };

function everythingBut(different: Record<string, Response>): ResponseMap {
  return { ...Object.fromEntries(norm.criteria.map(({ key }) => [key, 'met' as const])), ...different };
}

function missing(answers: ResponseMap, sectionKey: string, target: Level, more: Partial<Layers> = {}) {
  const score = scoreAssessment(norm, { intake, answers, ...more });
  return missingFor(norm, score, sectionKey, target).map(({ criterion, orElse }) =>
    [criterion, ...orElse].join(' or '),
  );
}

describe('what is missing for a level (clause 9)', () => {
  test('lists the unfulfilled criteria up to the level, in the order of the norm', () => {
    const answers = everythingBut({ 'I.3.c': 'partly', 'I.4.c': 'not_met', 'I.5.a': 'not_met' });
    expect(missing(answers, 'I', 4)).toEqual(['I.3.c', 'I.4.c']);
    expect(missing(answers, 'I', 5)).toEqual(['I.3.c', 'I.4.c', 'I.5.a']);
    expect(missing(answers, 'I', 2)).toEqual([]);
  });

  test('nothing answered: the whole way lies open', () => {
    expect(missing({}, 'II', 2)).toEqual(['II.2.a', 'II.2.b']);
    expect(missing({}, 'II', 5)).toHaveLength(8);
  });

  test('leaves out what another on the list would fulfil, and names what above the level would do as well', () => {
    const all = Object.fromEntries(
      ['III.2.a', 'III.2.b', 'III.3.a', 'III.3.c', 'III.4.a'].map((key) => [key, 'not_met']),
    );
    const answers = everythingBut(all as Record<string, Response>);
    expect(missing(answers, 'III', 2)).toEqual(['III.2.a or III.3.a', 'III.2.b or III.3.c or III.4.a']);
    expect(missing(answers, 'III', 3)).toEqual(['III.3.a', 'III.3.c or III.4.a']);
    expect(missing(answers, 'III', 4)).toEqual(['III.3.a', 'III.4.a']);
  });

  test('names nothing that does not apply, and nothing for a section that does not', () => {
    const none = { externalLossAdjusters: false, authorisedAgents: false };
    expect(missing({}, 'III', 2, { intake: none })).toEqual(['III.2.a or III.3.a']);
    expect(missing({}, 'IV', 5, { intake: none })).toEqual([]);
    expect(missing({}, 'VI', 5)).toEqual([]);
  });

  test('reaches over two links, but not through one that does not apply', () => {
    const framework = sketch(
      {
        A: {
          criteria: [
            { key: 'A.2.a', fulfilledBy: ['A.4.a', 'A.3.a'] },
            { key: 'A.3.a', fulfilledBy: ['A.5.a', 'A.4.a'], appliesWhen: 'x' },
            'A.4.a',
            'A.5.a',
          ],
        },
      },
      ['x'],
    );
    const orElse = (x: boolean) =>
      missingFor(framework, scoreAssessment(framework, { intake: { x }, answers: {} }), 'A', 2)[0]?.orElse;
    expect(orElse(true)).toEqual(['A.3.a', 'A.4.a', 'A.5.a']);
    expect(orElse(false)).toEqual(['A.4.a']);
  });

  test('fulfilling the list, each by itself or by an alternative, always gives the level', () => {
    const responseList = fc.array(fc.option(fc.constantFrom(...responses), { nil: undefined }), {
      minLength: 44,
      maxLength: 44,
    });
    const anyIntake = fc.record({
      ownLossAdjusters: fc.boolean(),
      externalLossAdjusters: fc.boolean(),
      authorisedAgents: fc.boolean(),
    });
    fc.assert(
      fc.property(
        responseList,
        anyIntake,
        fc.constantFrom('I', 'III', 'IV'),
        fc.constantFrom<Level>(2, 3, 4, 5),
        fc.boolean(),
        (list, facts, sectionKey, target, other) => {
          const answers = Object.fromEntries(
            norm.criteria.flatMap(({ key }, index) => (list[index] ? [[key, list[index]]] : [])),
          ) as ResponseMap;
          const score = scoreAssessment(norm, { intake: facts, answers });
          const gaps = missingFor(norm, score, sectionKey, target);
          const chosen = gaps.map(({ criterion, orElse }) => (other ? (orElse.at(-1) ?? criterion) : criterion));
          const verdicts = Object.fromEntries(chosen.map((key) => [key, 'met' as const]));
          const after = sectionScore(scoreAssessment(norm, { intake: facts, answers, verdicts }), sectionKey);
          if (after?.applies) expect(after.low).toBeGreaterThanOrEqual(target);
          // Shortest: none on it could be left out.
          for (const { criterion } of gaps) {
            const { [criterion]: _, ...fewer } = Object.fromEntries(gaps.map((gap) => [gap.criterion, 'met' as const]));
            const short = sectionScore(scoreAssessment(norm, { intake: facts, answers, verdicts: fewer }), sectionKey);
            expect(short?.low).toBeLessThan(target);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the effect of one response', () => {
  test('gives the scores before and after, and what else it fulfils', () => {
    const answers = everythingBut({ 'III.4.a': 'not_met', 'III.3.c': 'not_met', 'III.5.b': 'not_met' });
    const effect = effectOf(norm, { intake, answers }, 'III.4.a', 'met');
    expect([sectionScore(effect.before, 'III')?.low, sectionScore(effect.after, 'III')?.low]).toEqual([2, 4]);
    expect(effect.gained).toEqual(['III.3.c']);
    expect(effect.lost).toEqual([]);
    expect(effect.after.total && toLowest(effect.after.total.low)).toBe('24/5');
  });

  test('of taking an answer away', () => {
    const effect = effectOf(norm, { intake, answers: everythingBut({ 'III.3.c': 'not_met' }) }, 'III.4.a', null);
    expect(effect.lost).toEqual(['III.3.c']);
    expect(sectionScore(effect.after, 'III')).toMatchObject({ low: 2, high: 5 });
  });

  test('of the response that stands already is none', () => {
    const layers: Layers = { intake, answers: everythingBut({ 'II.2.a': 'partly' }) };
    const same = effectOf(norm, layers, 'II.2.a', 'partly');
    expect(same).toMatchObject({ gained: [], lost: [] });
    expect([same.before, same.after]).toEqual(Array(2).fill(scoreAssessment(norm, layers)));
    expect(effectOf(norm, { intake, answers: {} }, 'II.2.a', null).after.counts.responded).toBe(0);
  });

  test('of an answer under a verdict is none; of a verdict it is', () => {
    const layers: Layers = { intake, answers: everythingBut({}), verdicts: { 'I.2.a': 'not_met' } };
    expect(sectionScore(effectOf(norm, layers, 'I.2.a', 'met').after, 'I')?.low).toBe(1);
    expect(sectionScore(effectOf(norm, layers, 'I.2.a', 'met', 'verdicts').after, 'I')?.low).toBe(5);
    expect(
      sectionScore(effectOf(norm, { intake, answers: {} }, 'II.2.a', 'not_met', 'verdicts').after, 'II')?.high,
    ).toBe(1);
  });
});

describe('a verdict that takes fulfilment away (clause 14)', () => {
  const answers = everythingBut({ 'III.3.c': 'not_met', 'III.2.b': 'partly' });

  test('names the criteria that must be judged first', () => {
    expect(weakenedBy(norm, { intake, answers }, 'III.4.a', 'partly')).toEqual(['III.2.b', 'III.3.c']);
    expect(weakenedBy(norm, { intake, answers }, 'III.4.a', 'met')).toEqual([]);
    expect(weakenedBy(norm, { intake, answers: everythingBut({}) }, 'III.4.a', 'not_met')).toEqual([]);
  });

  test('names none that already has a verdict, or counts through another', () => {
    const verdicts: ResponseMap = { 'III.3.c': 'not_met' };
    expect(weakenedBy(norm, { intake, answers, verdicts }, 'III.4.a', 'partly')).toEqual(['III.2.b']);
    expect(weakenedBy(norm, { intake, answers, verdicts: { 'III.3.c': 'met' } }, 'III.4.a', 'partly')).toEqual([]);
  });

  test('does the same for a verdict on an intake fact', () => {
    const framework = sketch(
      {
        A: {
          criteria: [
            { key: 'A.2.a', fulfilledBy: ['A.5.a'] },
            { key: 'A.3.a', fulfilledBy: ['A.5.a'], appliesWhen: 'x' },
            { key: 'A.5.a', appliesWhen: 'x' },
          ],
        },
      },
      ['x'],
    );
    const layers: Layers = { intake: { x: true }, answers: { 'A.2.a': 'not_met', 'A.3.a': 'not_met', 'A.5.a': 'met' } };
    expect(weakenedByIntake(framework, layers, 'x', false)).toEqual(['A.2.a']);
    expect(weakenedByIntake(framework, layers, 'x', true)).toEqual([]);
  });
});

describe('the text of level 1 as a result (clause 10)', () => {
  const shown = (answers: ResponseMap, sectionKey = 'V', level?: Level) => {
    const score = scoreAssessment(norm, { intake, answers });
    const named = norm.section(sectionKey)?.levelOneShownWhenExactlyOneOf ?? null;
    return levelOneShown(named, level ?? sectionScore(score, sectionKey)?.low ?? null, Object.values(score.traces));
  };

  test('for section V only when exactly one of V.2.a and V.2.b is fulfilled', () => {
    expect(shown({ 'V.2.a': 'met', 'V.2.b': 'not_met' })).toBe(true);
    expect(shown({ 'V.2.a': 'partly', 'V.2.b': 'met' })).toBe(true);
    expect(shown({ 'V.2.a': 'not_met', 'V.2.b': 'not_met' })).toBe(false);
    expect(shown({ 'V.2.a': 'met', 'V.2.b': 'met' })).toBe(false);
  });

  test('for a section without such a condition whenever it is at level 1, also by determination', () => {
    expect(shown({}, 'I')).toBe(true);
    expect(shown(everythingBut({}), 'I')).toBe(false);
    expect(shown(everythingBut({}), 'I', 1)).toBe(true);
  });

  test('never for a section that does not apply', () => {
    const score = scoreAssessment(norm, { intake: { authorisedAgents: false }, answers: {} });
    expect(levelOneShown(null, sectionScore(score, 'IV')?.low ?? null, Object.values(score.traces))).toBe(false);
  });
});

describe('where the total rises most', () => {
  const answers = everythingBut({
    'I.3.c': 'partly',
    'I.4.c': 'partly',
    'I.5.a': 'not_met',
    'II.5.a': 'partly',
    'III.5.b': 'not_met',
    'IV.3.b': 'partly',
    'IV.3.c': 'not_met',
    'IV.5.a': 'not_met',
    'V.5.a': 'not_met',
  });
  const determined: Record<string, Level> = { I: 3, II: 4, III: 4, IV: 2, V: 4 };

  test('is the section whose next criteria bring most, which may be two levels at once', () => {
    expect(gainsOf(norm, { intake, answers }, determined)[0]).toEqual({
      sectionKey: 'IV',
      from: 2,
      to: 4,
      missing: [
        { criterion: 'IV.3.b', orElse: [] },
        { criterion: 'IV.3.c', orElse: [] },
      ],
      totalBefore: fraction(17, 5),
      totalAfter: fraction(19, 5),
    });
  });

  test('after that by fewest criteria, then in the order of the norm', () => {
    const gains = gainsOf(norm, { intake, answers }, determined);
    expect(gains.map(({ sectionKey, from, to, missing: gaps }) => [sectionKey, from, to, gaps.length])).toEqual([
      ['IV', 2, 4, 2],
      ['II', 4, 5, 1],
      ['III', 4, 5, 1],
      ['V', 4, 5, 1],
      ['I', 3, 4, 2], // determined 3 where 2 is computed: both what stops the computed score and what level 4 asks
    ]);
  });

  test('starts from the computed scores when nothing is determined', () => {
    const gains = gainsOf(norm, { intake, answers });
    expect(gains.map(({ sectionKey, from, to }) => [sectionKey, from, to])).toEqual([
      ['IV', 2, 4],
      ['I', 2, 3],
      ['II', 4, 5],
      ['III', 4, 5],
      ['V', 4, 5],
    ]);
  });

  test('leaves out what cannot rise by criteria: at 5, without a score, or determined lower than computed', () => {
    const layers: Layers = {
      intake: { ...intake, authorisedAgents: false },
      answers: everythingBut({ 'II.5.a': 'partly' }),
    };
    expect(gainsOf(norm, layers).map(({ sectionKey }) => sectionKey)).toEqual(['II']);
    expect(gainsOf(norm, layers, { I: 4, III: 5 })).toEqual([]);
    const computedLower: Layers = { intake, answers: everythingBut({ 'II.5.a': 'partly' }) };
    expect(gainsOf(norm, computedLower, { I: 5, II: 5, III: 5, IV: 5, V: 5 })).toEqual([]);
    expect(gainsOf(norm, { intake, answers: everythingBut({}) })).toEqual([]);
  });
});
