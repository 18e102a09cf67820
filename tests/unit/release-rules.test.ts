import { describe, expect, test } from 'vitest';
import { fraction, round1HalfUp } from '#domain/fraction.ts';
import { effectiveReleaseSettings, levelCounts, mayRelease, sectorFigure } from '#domain/release-rules.ts';

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
