import { describe, expect, test } from 'vitest';
import {
  compareCriteria,
  compareReviewers,
  compareSections,
  isOutlying,
  type LevelCount,
  type VerdictCount,
} from '#domain/calibration.ts';
import { fraction } from '#domain/fraction.ts';

const verdict = (given: Partial<VerdictCount> & { verdicts: number }): VerdictCount => ({
  criterionKey: 'I.2.a',
  reviewer: 'B1',
  response: 'met',
  direction: null,
  ground: null,
  ...given,
});
const lowered = { response: 'partly', direction: 'lower', ground: 'not_demonstrated' } as const;
const level = (given: Partial<LevelCount> & { insurers: number }): LevelCount => ({
  sectionKey: 'I',
  reviewer: 'B1',
  computed: 3,
  level: 3,
  claimed: 3,
  ...given,
});

describe('criteria', () => {
  test('what was overridden most comes first, equal ones in the order of their keys', () => {
    const compared = compareCriteria([
      verdict({ criterionKey: 'II.2.a', verdicts: 4 }),
      verdict({ criterionKey: 'I.3.a', verdicts: 4 }),
      verdict({ criterionKey: 'III.2.a', verdicts: 1, ...lowered }),
    ]);
    expect(compared.map(({ criterionKey }) => criterionKey)).toEqual(['III.2.a', 'I.3.a', 'II.2.a']);
  });

  test('counts responses, overrides and the ground that was given most', () => {
    const [one] = compareCriteria([
      verdict({ verdicts: 5 }),
      verdict({ verdicts: 2, ...lowered }),
      verdict({ verdicts: 1, ...lowered, response: 'not_met', ground: 'practice_differs' }),
    ]);
    expect(one).toMatchObject({
      verdicts: 8,
      byResponse: { met: 5, partly: 2, not_met: 1 },
      overridden: 3,
      ground: { ground: 'not_demonstrated', verdicts: 2 },
    });
    expect(compareCriteria([verdict({ verdicts: 2 })])[0]?.ground).toBeNull();
    const grounds = (['practice_differs', 'not_demonstrated'] as const).map((ground) =>
      verdict({ verdicts: 1, ...lowered, ground }),
    );
    expect(compareCriteria(grounds)[0]?.ground?.ground).toBe('not_demonstrated');
  });

  test('names two reviewers who differ by half of their verdicts or more, from three verdicts each', () => {
    const strict = verdict({ reviewer: 'B2', verdicts: 2, ...lowered });
    const rows = [strict, verdict({ reviewer: 'B2', verdicts: 2 }), verdict({ reviewer: 'B3', verdicts: 3 })];
    expect(compareCriteria(rows)[0]?.apart).toEqual({
      more: { reviewer: 'B2', overridden: 2, verdicts: 4 },
      less: { reviewer: 'B3', overridden: 0, verdicts: 3 },
    });
    expect(compareCriteria([...rows, verdict({ reviewer: 'B2', verdicts: 1 })])[0]?.apart).toBeNull();
    expect(compareCriteria([strict])[0]?.apart).toBeNull();
    const alike = [verdict({ reviewer: 'B3', verdicts: 3 }), verdict({ reviewer: 'B2', verdicts: 3 })];
    expect(compareCriteria(alike)[0]?.apart).toBeNull();
  });
});

describe('sections', () => {
  test('columns, exact mean, determined otherwise, and the way from the claimed level', () => {
    const [second, first] = [
      level({ sectionKey: 'II', insurers: 1, claimed: null }),
      [
        level({ computed: 2, level: 2, claimed: 4, insurers: 2 }),
        level({ computed: 3, level: 4, claimed: 3, insurers: 1 }),
        level({ computed: 3, insurers: 1, claimed: null }),
      ],
    ];
    const [one, two] = compareSections([second, ...first]);
    expect(one).toEqual({
      sectionKey: 'I',
      insurers: 4,
      levels: [0, 2, 2, 0, 0],
      mean: fraction(5, 2),
      changed: 1,
      claims: { insurers: 3, higher: 1, lower: 2, mean: fraction(-1) },
    });
    expect(two?.claims).toBeNull();
  });

  test('a level stands out from a step and a half away, on either side', () => {
    expect(isOutlying(5, fraction(7, 2))).toBe(true);
    expect(isOutlying(2, fraction(7, 2))).toBe(true);
    expect(isOutlying(4, fraction(26, 10))).toBe(false);
  });
});

test('reviewers, in the order of their codes, with the direction in which they override', () => {
  const compared = compareReviewers(
    [
      verdict({ reviewer: 'B10', verdicts: 3 }),
      verdict({ reviewer: 'B2', verdicts: 2, ...lowered }),
      verdict({ reviewer: 'B2', verdicts: 1, direction: 'higher', ground: 'new_information' }),
      verdict({ reviewer: 'B2', verdicts: 7 }),
    ],
    [level({ reviewer: 'B3', computed: 4, insurers: 2 }), level({ reviewer: 'B2', insurers: 2 })],
  );
  expect(compared).toEqual([
    { reviewer: 'B2', verdicts: 10, overridden: 3, higher: 1, lower: 2, changed: 0 },
    { reviewer: 'B3', verdicts: 0, overridden: 0, higher: 0, lower: 0, changed: 2 },
    { reviewer: 'B10', verdicts: 3, overridden: 0, higher: 0, lower: 0, changed: 0 },
  ]);
});
