import { describe, expect, test } from 'vitest';
import { type AnswerCount, type CountedVerdict, compareCriteria, compareReviewers } from '#domain/calibration.ts';
import { compareSections, isFarFromClaim, isOutlying, type LevelCount } from '#domain/calibration-levels.ts';
import { fraction } from '#domain/fraction.ts';

/** `insurers` who said `met` and were judged so by B1, unless told otherwise. */
const count = (insurers: number, verdict: Partial<CountedVerdict> | null = {}, given: Partial<AnswerCount> = {}) =>
  ({
    criterionKey: 'I.2.a',
    claimed: 'met',
    verdict: verdict && { reviewer: 'B1', on: 'met', response: 'met', ground: null, ...verdict },
    insurers,
    ...given,
  }) satisfies AnswerCount;
const lowered = { response: 'partly', ground: 'not_demonstrated' } as const;

describe('criteria', () => {
  test('outliers come first, then what was overridden most, equal ones in the order of their keys', () => {
    const compared = compareCriteria([
      count(4, {}, { criterionKey: 'II.2.a' }),
      count(4, {}, { criterionKey: 'I.3.a' }),
      count(8, {}, { criterionKey: 'III.2.a' }),
      count(3, lowered, { criterionKey: 'III.2.a' }),
      count(2, {}, { criterionKey: 'IV.2.a' }),
      count(2, lowered, { criterionKey: 'IV.2.a' }),
      count(2, lowered, { criterionKey: 'V.2.a' }),
    ]);
    expect(compared.map(({ criterionKey, outlying }) => [criterionKey, outlying])).toEqual([
      ['IV.2.a', true],
      ['III.2.a', false],
      ['V.2.a', false],
      ['I.3.a', false],
      ['II.2.a', false],
    ]);
  });

  test('counts what insurers said beside what was found, over all and by reviewer', () => {
    const [one] = compareCriteria([
      count(5),
      count(2, lowered),
      count(1, { reviewer: 'B2', response: 'not_met', ground: 'practice_differs' }),
      count(1, { reviewer: 'B2', on: 'not_met', ...lowered }, { claimed: 'not_met' }),
      count(1, { reviewer: 'B2', on: null, response: 'not_met', ground: 'not_demonstrated' }, { claimed: null }),
      count(3, null, { claimed: 'partly' }),
    ]);
    expect(one).toMatchObject({
      claimed: { met: 8, partly: 3, not_met: 1 },
      judged: { met: 5, partly: 3, not_met: 2 },
      verdicts: 10,
      overridden: 5,
      higher: 1,
      lower: 3,
      ground: { ground: 'not_demonstrated', verdicts: 4 },
    });
    expect(one?.reviewers).toEqual([
      {
        reviewer: 'B1',
        verdicts: 7,
        claimed: { met: 7, partly: 0, not_met: 0 },
        judged: { met: 5, partly: 2, not_met: 0 },
        overridden: 2,
        higher: 0,
        lower: 2,
      },
      {
        reviewer: 'B2',
        verdicts: 3,
        claimed: { met: 1, partly: 0, not_met: 1 },
        judged: { met: 0, partly: 1, not_met: 2 },
        overridden: 3,
        higher: 1,
        lower: 1,
      },
    ]);
  });

  test('names the ground that was given most, of equal ones the first by its code', () => {
    expect(compareCriteria([count(2)])[0]?.ground).toBeNull();
    const grounds = (['practice_differs', 'not_demonstrated'] as const).map((ground) =>
      count(1, { ...lowered, ground }),
    );
    expect(compareCriteria(grounds)[0]?.ground?.ground).toBe('not_demonstrated');
  });

  test('names two reviewers who differ by half of their verdicts or more, from three verdicts each', () => {
    const strict = count(2, { reviewer: 'B2', ...lowered });
    const rows = [strict, count(2, { reviewer: 'B2' }), count(3, { reviewer: 'B3' })];
    expect(compareCriteria(rows)[0]).toMatchObject({
      apart: {
        more: { reviewer: 'B2', overridden: 2, verdicts: 4 },
        less: { reviewer: 'B3', overridden: 0, verdicts: 3 },
      },
      outlying: true,
    });
    expect(compareCriteria([...rows, count(1, { reviewer: 'B2' })])[0]).toMatchObject({ apart: null, outlying: false });
    expect(compareCriteria([strict])[0]?.apart).toBeNull();
    expect(compareCriteria([count(3, { reviewer: 'B3' }), count(3, { reviewer: 'B2' })])[0]?.apart).toBeNull();
  });
});

describe('sections', () => {
  const level = (
    insurers: number,
    claimed: number | null,
    determined: Partial<NonNullable<LevelCount['determined']>> | null,
    sectionKey = 'I',
  ): LevelCount => ({
    sectionKey,
    claimed,
    determined: determined && { reviewer: 'B1', computed: 3, level: 3, ...determined },
    insurers,
  });

  test('levels claimed, computed and determined, the exact mean, and the way from the claim, by reviewer too', () => {
    const [one, two] = compareSections([
      level(1, null, {}, 'II'),
      level(2, 4, { reviewer: 'B10', computed: 2, level: 2 }),
      level(1, 3, { reviewer: 'B2', level: 4 }),
      level(1, null, { reviewer: 'B2' }),
      level(3, 5, null),
    ]);
    expect(one).toEqual({
      sectionKey: 'I',
      claimed: [0, 0, 1, 2, 3],
      insurers: 4,
      levels: [0, 2, 2, 0, 0],
      determined: [0, 2, 1, 1, 0],
      mean: fraction(5, 2),
      changed: 1,
      claims: { insurers: 3, higher: 1, lower: 2, mean: fraction(-1) },
      reviewers: [
        {
          reviewer: 'B2',
          insurers: 2,
          changed: 1,
          claimed: [0, 0, 1, 0, 0],
          determined: [0, 0, 1, 1, 0],
          claims: { insurers: 1, higher: 1, lower: 0, mean: fraction(1) },
        },
        {
          reviewer: 'B10',
          insurers: 2,
          changed: 0,
          claimed: [0, 0, 0, 2, 0],
          determined: [0, 2, 0, 0, 0],
          claims: { insurers: 2, higher: 0, lower: 2, mean: fraction(-2) },
        },
      ],
    });
    expect(two).toMatchObject({ sectionKey: 'II', claims: null });
    expect(compareSections([level(2, 4, null)])[0]).toMatchObject({ insurers: 0, mean: null, reviewers: [] });
  });

  test('a level stands out from a step and a half away, on either side, among three or more', () => {
    expect(isOutlying(5, { mean: fraction(7, 2), insurers: 3 })).toBe(true);
    expect(isOutlying(2, { mean: fraction(7, 2), insurers: 3 })).toBe(true);
    expect(isOutlying(4, { mean: fraction(26, 10), insurers: 3 })).toBe(false);
    expect(isOutlying(5, { mean: fraction(7, 2), insurers: 2 })).toBe(false);
    expect(isOutlying(5, { mean: null, insurers: 0 })).toBe(false);
  });

  test('a determination lies far from the claim from two steps on', () => {
    expect([isFarFromClaim(2, 4), isFarFromClaim(5, 3), isFarFromClaim(3, 4), isFarFromClaim(3, null)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

test('reviewers, in the order of their codes, with the direction in which they override', () => {
  const compared = compareReviewers(
    [
      count(3, { reviewer: 'B10' }),
      count(2, { reviewer: 'B2', ...lowered }),
      count(1, { reviewer: 'B2', on: 'not_met', response: 'met', ground: 'new_information' }),
      count(7, { reviewer: 'B2' }),
      count(9, null),
    ],
    ['B2', 'B3'],
  );
  expect(compared).toMatchObject([
    { reviewer: 'B2', verdicts: 10, overridden: 3, higher: 1, lower: 2 },
    { reviewer: 'B3', verdicts: 0, overridden: 0, higher: 0, lower: 0 },
    { reviewer: 'B10', verdicts: 3, overridden: 0, higher: 0, lower: 0 },
  ]);
});
