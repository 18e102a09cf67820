import { describe, expect, test } from 'vitest';
import { fraction, round1HalfUp } from '#domain/fraction.ts';
import type { Level } from '#domain/framework.ts';
import { effectiveReleaseSettings, levelCounts, mayRelease, sectorFigure } from '#domain/release-rules.ts';

const values = (count: number) => Array.from({ length: count }, (_, index) => fraction(index % 2 === 0 ? 2 : 4));

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
    const exact = [fraction(67, 20), fraction(67, 20), fraction(67, 20), fraction(67, 20), fraction(33, 10)];
    const { mean } = sectorFigure(exact);
    expect(mean).toEqual(fraction(167, 50));
    expect(mean && round1HalfUp(mean, 'nl')).toBe('3,3');
  });

  test('counts per level from 10', () => {
    const levels: Level[] = [1, 2, 2, 3, 3, 3, 4, 4, 5, 5];
    expect(levelCounts(levels)).toEqual({ 1: 1, 2: 2, 3: 3, 4: 2, 5: 2 });
    expect(levelCounts(levels.slice(1))).toBeNull();
  });

  test('a round may ask for more insurers, never for fewer', () => {
    expect(effectiveReleaseSettings()).toEqual({ mean: 5, spread: 10, changed: 3 });
    expect(effectiveReleaseSettings({ mean: 1, spread: 0, changed: 0 })).toEqual({ mean: 5, spread: 10, changed: 3 });
    expect(effectiveReleaseSettings({ mean: 8, changed: 4 })).toEqual({ mean: 8, spread: 10, changed: 4 });
    expect(sectorFigure(values(7), { mean: 8 }).mean).toBeNull();
    expect(sectorFigure(values(8), { mean: 8 }).mean).toEqual(fraction(3));
    expect(levelCounts([1, 2, 3, 4, 5, 1, 2, 3, 4, 5], { spread: 11 })).toBeNull();
  });
});

describe('a further release', () => {
  const last = { a: '1', b: '1', c: '1', d: '1' };

  test('the first may always be made', () => {
    expect(mayRelease(null, {})).toBe(true);
  });

  test('needs at least 3 changed or added insurers', () => {
    expect(mayRelease(last, last)).toBe(false);
    expect(mayRelease(last, { ...last, a: '2', e: '1' })).toBe(false);
    expect(mayRelease(last, { ...last, a: '2', e: '1', f: '1' })).toBe(true);
    expect(mayRelease(last, { ...last, a: '2', e: '1', f: '1' }, { changed: 4 })).toBe(false);
  });

  test('leaving out insurers does not count, since the difference would show them', () => {
    expect(mayRelease(last, { a: '1' })).toBe(false);
  });
});
