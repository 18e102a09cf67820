import { describe, expect, test } from 'vitest';
import type { Response, ResponseMap } from '#domain/answers.ts';
import { submissionBlocks } from '#domain/evidence-rules.ts';
import { fraction, round1HalfUp, toLowest } from '#domain/fraction.ts';
import type { Level } from '#domain/framework.ts';
import { determinedTotal, type Layers, scoreAssessment, sectionScore } from '#domain/scoring.ts';
import { norm, sketch } from '../support/frameworks.ts';

const allTrue = { ownLossAdjusters: true, externalLossAdjusters: true, authorisedAgents: true };

/** Every criterion of a section answered alike, up to and including a level. */
function upTo(sectionKey: string, level: number, response: Response = 'met'): ResponseMap {
  const criteria = norm.criteria.filter((criterion) => criterion.sectionKey === sectionKey && criterion.level <= level);
  return Object.fromEntries(criteria.map(({ key }) => [key, response]));
}

function everything(response: Response): ResponseMap {
  return Object.fromEntries(norm.criteria.map(({ key }) => [key, response]));
}

function scoreOf(sectionKey: string, layers: Partial<Layers>) {
  const score = sectionScore(scoreAssessment(norm, { intake: allTrue, answers: {}, ...layers }), sectionKey);
  if (!score) throw new Error(`no section ${sectionKey}`);
  return score;
}

describe('the staircase (clauses 1 to 3)', () => {
  test('a section is 1 when level 2 is not reached, and never below', () => {
    expect(scoreOf('I', { answers: everything('not_met') })).toMatchObject({ low: 1, high: 1 });
    expect(scoreOf('I', { answers: { ...everything('met'), 'I.2.c': 'not_met' } })).toMatchObject({
      low: 1,
      high: 1,
      stops: ['I.2.c'],
      stopsHigh: ['I.2.c'],
    });
  });

  test.each([1, 2, 3, 4, 5])('everything met up to level %i gives that score', (level) => {
    const answers = { ...everything('not_met'), ...upTo('I', level) };
    expect(scoreOf('I', { answers })).toMatchObject({ low: level, high: level });
  });

  test('one gap stops the climb, however much is met above it', () => {
    const answers: ResponseMap = { ...everything('met'), 'I.3.b': 'not_met', 'I.4.a': 'partly' };
    expect(scoreOf('I', { answers })).toMatchObject({ low: 2, high: 2, stops: ['I.3.b'] });
  });

  test('partly does not fulfil, and is kept', () => {
    const answers: ResponseMap = { ...everything('met'), 'II.4.b': 'partly' };
    const section = scoreOf('II', { answers });
    expect(section).toMatchObject({ low: 3, high: 3, stops: ['II.4.b'] });
    expect(section.levels[2]?.criteria[1]).toMatchObject({ response: 'partly', fulfilled: false, code: 'partly' });
  });

  test('level by level the trace says what was reached', () => {
    const { levels } = scoreOf('I', { answers: { ...everything('met'), 'I.4.a': 'not_met' } });
    expect(levels.map(({ level, reached, reachedHigh }) => [level, reached, reachedHigh])).toEqual([
      [2, true, true],
      [3, true, true],
      [4, false, false],
      [5, false, false],
    ]);
  });
});

describe('surpassed criteria (clause 4)', () => {
  test.each([
    ['III.2.a', 'III.3.a'],
    ['III.2.b', 'III.3.c'],
    ['III.2.b', 'III.4.a'],
    ['III.3.c', 'III.4.a'],
  ])('%s counts as fulfilled through %s', (weaker, better) => {
    const answers: ResponseMap = { ...everything('not_met'), [better]: 'met' };
    expect(scoreAssessment(norm, { intake: allTrue, answers }).traces[weaker]).toMatchObject({
      response: 'not_met',
      fulfilled: true,
      by: better,
      code: 'surpassed',
    });
  });

  test('no other criterion of the norm fulfils another', () => {
    for (const better of norm.criteria) {
      const answers: ResponseMap = { ...everything('not_met'), [better.key]: 'met' };
      const { traces } = scoreAssessment(norm, { intake: allTrue, answers });
      const fulfilled = Object.values(traces).filter((trace) => trace.fulfilled && trace.key !== better.key);
      expect(fulfilled.map(({ key }) => key).toSorted()).toEqual(
        { 'III.3.a': ['III.2.a'], 'III.3.c': ['III.2.b'], 'III.4.a': ['III.2.b', 'III.3.c'] }[better.key] ?? [],
      );
    }
  });

  test('works recursively, and names the one that is really met', () => {
    const framework = sketch({
      A: {
        criteria: [
          { key: 'A.2.a', fulfilledBy: ['A.3.a'] },
          { key: 'A.3.a', fulfilledBy: ['A.4.a'] },
          { key: 'A.4.a', fulfilledBy: ['A.5.a'] },
          'A.5.a',
        ],
      },
    });
    const { traces, sections } = scoreAssessment(framework, {
      intake: {},
      answers: { 'A.2.a': 'not_met', 'A.5.a': 'met' },
    });
    expect(traces['A.2.a']).toMatchObject({ fulfilled: true, by: 'A.5.a', code: 'surpassed' });
    expect(traces['A.3.a']).toMatchObject({ response: null, by: 'A.5.a', code: 'surpassed' });
    expect(sections[0]).toMatchObject({ low: 5, high: 5 });
  });

  test('what does not apply fulfils nothing, also in the middle of a chain', () => {
    const framework = sketch(
      {
        A: {
          criteria: [
            { key: 'A.2.a', fulfilledBy: ['A.3.a'] },
            { key: 'A.3.a', fulfilledBy: ['A.4.a'], appliesWhen: 'x' },
            'A.4.a',
            'A.5.a',
          ],
        },
      },
      ['x'],
    );
    const answers: ResponseMap = { 'A.2.a': 'not_met', 'A.3.a': 'met', 'A.4.a': 'met', 'A.5.a': 'met' };
    expect(scoreAssessment(framework, { intake: { x: true }, answers }).sections[0]).toMatchObject({ low: 5 });
    expect(scoreAssessment(framework, { intake: { x: false }, answers }).sections[0]).toMatchObject({
      low: 1,
      high: 1,
    });
  });

  test('a met criterion names no other that surpasses it', () => {
    const { traces } = scoreAssessment(norm, { intake: allTrue, answers: everything('met') });
    expect(Object.values(traces).every(({ code, by }) => code === 'met' && by === null)).toBe(true);
  });
});

describe('applicability (clause 5)', () => {
  test.each([
    ['ownLossAdjusters', ['III.3.b']],
    ['externalLossAdjusters', ['III.2.b', 'III.3.c', 'III.4.a']],
    ['authorisedAgents', norm.criteria.map(({ key }) => key).filter((key) => key.startsWith('IV.'))],
  ])('%s decides exactly its criteria', (fact, expected) => {
    const { traces } = scoreAssessment(norm, { intake: { ...allTrue, [fact]: false }, answers: everything('met') });
    const out = Object.values(traces).filter((trace) => !trace.applies);
    expect(out.map(({ key }) => key).toSorted()).toEqual(expected.toSorted());
    expect(
      out.every(({ code, because, response }) => code === 'not_applicable' && because[0] === fact && !response),
    ).toBe(true);
  });

  test('a section without applicable criteria has no score and stays out of the mean', () => {
    const answers = { ...everything('not_met'), ...upTo('I', 5), ...upTo('IV', 5) };
    const score = scoreAssessment(norm, { intake: { ...allTrue, authorisedAgents: false }, answers });
    expect(sectionScore(score, 'IV')).toMatchObject({ applies: false, low: null, high: null, stops: [] });
    expect(sectionScore(score, 'IV')?.levels.every(({ reached, reachedHigh }) => !reached && !reachedHigh)).toBe(true);
    expect(score.total).toEqual({ low: fraction(2), high: fraction(2) }); // (5 + 1 + 1 + 1) / 4
  });

  test('an unanswered fact counts as true, and the sections that wait for it say so', () => {
    const score = scoreAssessment(norm, { intake: { ownLossAdjusters: true }, answers: {} });
    expect(score.counts.applicable).toBe(44);
    expect(score.awaitsIntake).toEqual(['externalLossAdjusters', 'authorisedAgents']);
    expect(score.sections.map(({ awaitsIntake }) => awaitsIntake)).toEqual([
      [],
      [],
      ['externalLossAdjusters'],
      ['authorisedAgents'],
      [],
    ]);
  });

  test('answers to what no longer applies count for nothing, and return when the fact changes back', () => {
    const answers = everything('met');
    const without = scoreAssessment(norm, { intake: { ...allTrue, ownLossAdjusters: false }, answers });
    expect(without.traces['III.3.b']).toMatchObject({ applies: false, response: null });
    expect(scoreAssessment(norm, { intake: allTrue, answers }).traces['III.3.b']?.response).toBe('met');
  });

  test('an overridden fact makes criteria apply unanswered, whatever is still stored from before', () => {
    const layers: Layers = {
      intake: { ...allTrue, authorisedAgents: false },
      intakeVerdicts: { authorisedAgents: true },
      answers: everything('met'),
    };
    const score = scoreAssessment(norm, layers);
    expect(score.traces['IV.2.a']).toMatchObject({ applies: true, response: null, code: 'unanswered' });
    expect(sectionScore(score, 'IV')).toMatchObject({ applies: true, low: 1, high: 5 });
    expect(score.complete).toBe(false);
    const judged = scoreAssessment(norm, { ...layers, verdicts: upTo('IV', 2) });
    expect(judged.traces['IV.2.a']).toMatchObject({ response: 'met', layer: 'verdict' });
    expect(sectionScore(judged, 'IV')).toMatchObject({ low: 2 });
  });

  test('an overridden fact makes criteria not apply', () => {
    const score = scoreAssessment(norm, {
      intake: allTrue,
      intakeVerdicts: { externalLossAdjusters: false },
      answers: everything('not_met'),
    });
    expect(score.counts.applicable).toBe(41);
  });

  test('names like those of Object’s own properties are no answers', () => {
    const framework = sketch({ A: { criteria: [{ key: 'A.5.a', appliesWhen: 'constructor' }] } }, ['constructor']);
    const score = scoreAssessment(framework, { intake: {}, answers: {} });
    expect(score.awaitsIntake).toEqual(['constructor']);
  });
});

describe('levels and weights (clauses 6 and 7)', () => {
  test('a level without applicable criteria is passed through', () => {
    const framework = sketch({ A: { criteria: ['A.2.a', { key: 'A.3.a', appliesWhen: 'x' }, 'A.5.a'] } }, ['x']);
    const score = scoreAssessment(framework, { intake: { x: false }, answers: { 'A.2.a': 'met', 'A.5.a': 'not_met' } });
    expect(score.sections[0]).toMatchObject({ low: 4, high: 4, stops: ['A.5.a'] });
    expect(score.sections[0]?.levels.map(({ passedThrough }) => passedThrough)).toEqual([false, true, true, false]);
  });

  test('the total is the weighted mean, exact', () => {
    const framework = sketch({
      A: { weight: 2, criteria: ['A.5.a'] },
      B: { weight: 1, criteria: ['B.5.a'] },
    });
    // A section whose first criterion stands at level 5 passes 2 to 4 through: 4 or 5.
    const { total } = scoreAssessment(framework, { intake: {}, answers: { 'A.5.a': 'met', 'B.5.a': 'not_met' } });
    expect(total && toLowest(total.low)).toBe('14/3');
    expect(total && round1HalfUp(total.low, 'nl')).toBe('4,7');
  });

  test('without any applicable section there is no total', () => {
    const framework = sketch({ A: { appliesWhen: 'x', criteria: ['A.5.a'] } }, ['x']);
    const score = scoreAssessment(framework, { intake: { x: false }, answers: {} });
    expect(score).toMatchObject({ total: null, complete: true });
  });
});

describe('the provisional score is an interval (clause 8)', () => {
  test('nothing answered: everything can still come', () => {
    const score = scoreAssessment(norm, { intake: allTrue, answers: {} });
    expect(score.sections.map(({ low, high }) => [low, high])).toEqual(Array(5).fill([1, 5]));
    expect(score.total).toEqual({ low: fraction(1), high: fraction(5) });
    expect(score.sections[0]?.stops).toEqual(['I.2.a', 'I.2.b', 'I.2.c', 'I.2.d']);
    expect(score.sections[0]?.stopsHigh).toEqual([]);
  });

  test('the high end reads unanswered as met, also what would surpass', () => {
    const answers: ResponseMap = { 'III.3.c': 'not_met', 'III.2.b': 'partly' };
    const score = scoreAssessment(norm, { intake: allTrue, answers });
    expect(score.traces['III.3.c']).toMatchObject({ fulfilled: false, fulfilledHigh: true, by: null, code: 'not_met' });
    expect(sectionScore(score, 'III')).toMatchObject({ low: 1, high: 5, stopsHigh: [] });
    const closed = scoreAssessment(norm, { intake: allTrue, answers: { ...answers, 'III.4.a': 'not_met' } });
    expect(sectionScore(closed, 'III')).toMatchObject({ low: 1, high: 1, stopsHigh: ['III.2.b'] });
  });

  test('the example of the command line', () => {
    const score = scoreAssessment(norm, {
      intake: { ...allTrue, authorisedAgents: false },
      answers: { 'I.2.a': 'met', 'I.2.b': 'partly' },
    });
    expect(score.total).toEqual({ low: fraction(1), high: fraction(4) });
  });

  test('counts say how much was answered and judged', () => {
    const score = scoreAssessment(norm, {
      intake: allTrue,
      answers: { 'I.2.a': 'met', 'I.2.b': 'partly' },
      outside: { 'V.2.a': 'met' },
      verdicts: { 'I.2.a': 'partly' },
    });
    expect(score.counts).toEqual({ applicable: 44, responded: 3, judged: 1 });
    expect(score.complete).toBe(false);
  });
});

describe('layers (clause 12)', () => {
  test('a verdict lies over an outside result, which lies over an answer', () => {
    const layers: Layers = { intake: allTrue, answers: { 'V.2.a': 'met' } };
    const trace = (more: Partial<Layers>) => scoreAssessment(norm, { ...layers, ...more }).traces['V.2.a'];
    expect(trace({})).toMatchObject({ response: 'met', layer: 'answer' });
    expect(trace({ outside: { 'V.2.a': 'not_met' } })).toMatchObject({ response: 'not_met', layer: 'outside' });
    expect(trace({ outside: { 'V.2.a': 'not_met' }, verdicts: { 'V.2.a': 'partly' } })).toMatchObject({
      response: 'partly',
      layer: 'verdict',
    });
  });
});

describe('determined levels (clause 13)', () => {
  test('give an exact total over the sections that have one', () => {
    const total = (levels: Record<string, Level>) => determinedTotal(norm, levels);
    expect(total({ I: 3, II: 4, III: 4, IV: 2, V: 4 })).toEqual(fraction(17, 5));
    expect(total({ I: 3, II: 4 })).toEqual(fraction(7, 2));
    expect(total({})).toBeNull();
  });
});

describe('a carried section', () => {
  const carried = { V: 4 } as const;
  const answered = { ...everything('met'), 'V.2.a': 'not_met' as const };

  test('has the level of the earlier round, whatever is answered, and asks nothing', () => {
    const section = scoreOf('V', { answers: answered, carried });
    expect(section).toMatchObject({ applies: true, carried: true, low: 4, high: 4, levels: [], stops: [] });
    const score = scoreAssessment(norm, { intake: allTrue, answers: {}, carried });
    expect(score.traces['V.2.a']).toMatchObject({ applies: false, because: [], code: 'not_applicable' });
    expect(score.counts.applicable).toBe(norm.criteria.filter(({ sectionKey }) => sectionKey !== 'V').length);
  });

  test('weighs in the total as any other', () => {
    const { total } = scoreAssessment(norm, { intake: allTrue, answers: everything('met'), carried: { V: 1 } });
    expect(total).toEqual({ low: fraction(21, 5), high: fraction(21, 5) });
  });

  test('blocks no submission', () => {
    const facts = { intake: allTrue, answers: {}, evidence: [], carried };
    expect(submissionBlocks(norm, facts).filter(({ criterion }) => criterion?.startsWith('V.'))).toEqual([]);
  });

  test('of which nobody asked is measured', () => {
    expect(scoreOf('I', { answers: everything('met'), carried })).toMatchObject({ carried: false, low: 5 });
    expect(scoreOf('V', { answers: answered, carried: Object.create(carried) as typeof carried }).low).toBe(1);
  });
});
