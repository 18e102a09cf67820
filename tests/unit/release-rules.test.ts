import { describe, expect, test } from 'vitest';
import { fraction, round1HalfUp } from '#domain/fraction.ts';
import type { Level } from '#domain/framework.ts';
import {
  effectiveReleaseSettings,
  givesAway,
  levelCounts,
  mayRelease,
  type ScoreGroup,
  sectorFigure,
} from '#domain/release-rules.ts';

const values = (count: number) => [
  { value: fraction(2), insurers: Math.ceil(count / 2) },
  { value: fraction(4), insurers: Math.floor(count / 2) },
];

describe('from how many insurers sector figures are shown', () => {
  test('a mean from 5, a spread from 10, otherwise nothing at all', () => {
    expect(sectorFigure([])).toEqual({ mean: null, spread: null, insurers: null });
    expect(sectorFigure(values(4))).toEqual({ mean: null, spread: null, insurers: null });
    expect(sectorFigure(values(5))).toEqual({ mean: fraction(14, 5), spread: null, insurers: 5 });
    expect(sectorFigure(values(9)).spread).toBeNull();
    expect(sectorFigure(values(10))).toEqual({ mean: fraction(3), spread: 1, insurers: 10 });
  });

  test('a mean of exact totals, rounded once', () => {
    // 3,34; of the rounded 3,4 (four times) and 3,3 the mean would read 3,4.
    const exact = [
      { value: fraction(67, 20), insurers: 4 },
      { value: fraction(33, 10), insurers: 1 },
    ];
    const { mean } = sectorFigure(exact);
    expect(mean).toEqual(fraction(167, 50));
    expect(mean && round1HalfUp(mean, 'nl')).toBe('3,3');
  });

  test('counts per level from 10', () => {
    expect(levelCounts({ 1: 1, 2: 2, 3: 3, 4: 2, 5: 2 })).toEqual({ 1: 1, 2: 2, 3: 3, 4: 2, 5: 2 });
    expect(levelCounts({ 3: 6, 4: 4 })).toEqual({ 1: 0, 2: 0, 3: 6, 4: 4, 5: 0 });
    expect(levelCounts({ 2: 2, 3: 3, 4: 2, 5: 2 })).toBeNull();
  });

  test('a round may ask for more insurers, never for fewer', () => {
    expect(effectiveReleaseSettings()).toEqual({ mean: 5, spread: 10, changed: 3 });
    expect(effectiveReleaseSettings({ mean: 1, spread: 0, changed: 0 })).toEqual({ mean: 5, spread: 10, changed: 3 });
    expect(effectiveReleaseSettings({ mean: 8, changed: 4 })).toEqual({ mean: 8, spread: 10, changed: 4 });
    expect(sectorFigure(values(7), { mean: 8 }).mean).toBeNull();
    expect(sectorFigure(values(8), { mean: 8 }).mean).toEqual(fraction(3));
    expect(levelCounts({ 1: 2, 2: 2, 3: 2, 4: 2, 5: 2 }, { spread: 11 })).toBeNull();
  });
});

describe('a further release', () => {
  test('the first may always be made', () => {
    expect(mayRelease(null)).toBe(true);
  });

  test('needs at least 3 changed or added insurers', () => {
    expect(mayRelease(0)).toBe(false);
    expect(mayRelease(2)).toBe(false);
    expect(mayRelease(3)).toBe(true);
    expect(mayRelease(3, { changed: 4 })).toBe(false);
  });
});

describe('whether figures give a single insurer away', () => {
  const behind = (releases: readonly number[], scores: Partial<Record<Level, number>>, share = fraction(1, 5)) =>
    Object.entries(scores).map(
      ([score, insurers]): ScoreGroup => ({ releases, score: Number(score) as Level, share, insurers }),
    );

  test('two with another score behind the same releases hide one; two that stand behind others do not', () => {
    expect(givesAway([...behind([1, 2], { 2: 2, 3: 2 })])).toBe(false);
    expect(givesAway([...behind([1, 2], { 2: 1 }), ...behind([12], { 3: 2, 4: 2 })])).toBe(true);
  });

  test('nobody is found out where nobody is', () => {
    expect(givesAway([...behind([1], { 2: 2, 3: 2 }), ...behind([2], { 4: 0 })])).toBe(false);
  });

  test('an exchange between unequal shares may move no total that is written, of the releases that both stand behind', () => {
    const groups = [...behind([1], { 4: 2 }, fraction(1, 5)), ...behind([1], { 3: 2 }, fraction(1, 4))];
    const total = (release: number, mean: number) => ({ release, mean: fraction(mean, 1000), insurers: 10 });
    expect(givesAway(groups)).toBe(false);
    // The exchange moves it by 0,005: 3,34 stays 3,3, and 3,349 would be written 3,4.
    expect(givesAway(groups, [total(1, 3340)])).toBe(false);
    expect(givesAway(groups, [total(1, 3349)])).toBe(true);
    expect(givesAway(groups, [total(1, 3340), total(2, 3349)])).toBe(false);
  });

  test('a change is made good by two behind more releases, and two behind the rest of those', () => {
    const rest = behind([2], { 2: 2, 3: 2 });
    const alone = behind([1], { 2: 1 });
    expect(givesAway([...alone, ...rest, ...behind([1, 2], { 2: 2, 3: 2 })])).toBe(false);
    // One of each level is not enough: it may be who looks.
    expect(givesAway([...alone, ...rest, ...behind([1, 2], { 2: 2, 3: 1, 4: 1 })])).toBe(true);
    // Releases that only cross those of the change leave no rest that makes it good.
    const crossing = [...behind([1, 2, 4], { 2: 2, 3: 2 }), ...behind([1, 4], { 2: 2, 3: 2 })];
    expect(givesAway([...behind([2, 3], { 2: 1 }), ...crossing])).toBe(true);
  });

  test('a change is made good by two pairs that stand behind its releases between them', () => {
    const both = behind([1, 2], { 2: 1 });
    const parts = [...behind([1], { 2: 2, 3: 2 }), ...behind([2], { 2: 2, 3: 2 })];
    expect(givesAway([...both, ...parts])).toBe(false);
    expect(givesAway([...both, ...parts.slice(0, 2), ...behind([2], { 2: 2, 4: 2 })])).toBe(true);
  });

  test('nothing hides behind others with the same score', () => {
    expect(givesAway([...behind([1], { 2: 2 }), ...behind([2], { 2: 2 }), ...behind([1, 2], { 2: 2 })])).toBe(true);
  });
});
