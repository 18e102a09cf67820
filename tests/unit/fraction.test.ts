import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addFractions,
  compareFractions,
  fraction,
  fromLowest,
  multiplyFractions,
  round1HalfUp,
  subtractFractions,
  toLowest,
  toNumber,
  weightedMean,
} from '#domain/fraction.ts';

const anyFraction = fc
  .tuple(fc.bigInt({ min: -10_000n, max: 10_000n }), fc.bigInt({ min: 1n, max: 10_000n }))
  .map(([numerator, denominator]) => fraction(numerator, denominator));

describe('exact fractions', () => {
  test('are kept in lowest terms with the sign above', () => {
    expect(toLowest(fraction(44, 10))).toBe('22/5');
    expect(toLowest(fraction(20, 5))).toBe('4');
    expect(toLowest(fraction(3, -6))).toBe('-1/2');
    expect(toLowest(fraction(-3, -6))).toBe('1/2');
    expect(toLowest(fraction(0, -7))).toBe('0');
  });

  test('refuse a denominator of zero and numbers that are not whole', () => {
    expect(() => fraction(1, 0)).toThrow(RangeError);
    expect(() => fraction(0.5)).toThrow(RangeError);
  });

  test('are read back from what was written', () => {
    fc.assert(
      fc.property(anyFraction, (value) => {
        expect(fromLowest(toLowest(value))).toEqual(value);
      }),
    );
    for (const wrong of ['', '1.5', '1/', '/2', '1/-2', ' 1', 'x1', '1/2/3', '12x']) {
      expect(() => fromLowest(wrong), wrong).toThrow(RangeError);
    }
    expect(() => fromLowest('1/0')).toThrow(RangeError);
  });

  test('add, subtract, multiply and compare without loss', () => {
    expect(toLowest(addFractions(fraction(1, 3), fraction(1, 6)))).toBe('1/2');
    expect(toLowest(subtractFractions(fraction(1, 3), fraction(1, 2)))).toBe('-1/6');
    expect(toLowest(multiplyFractions(fraction(2, 3), fraction(9, 4)))).toBe('3/2');
    expect(compareFractions(fraction(1, 3), fraction(1, 2))).toBe(-1);
    expect(compareFractions(fraction(1, 2), fraction(1, 3))).toBe(1);
    expect(compareFractions(fraction(2, 4), fraction(1, 2))).toBe(0);
    expect(toNumber(fraction(22, 5))).toBe(4.4);
  });

  test('give a mean in which each value counts by its weight', () => {
    const values = [
      { value: fraction(5), weight: 3 },
      { value: fraction(1), weight: 1 },
    ];
    expect(weightedMean(values)).toEqual(fraction(4));
    expect(weightedMean([])).toBeNull();
  });
});

describe('rounding for display (clause 7)', () => {
  test.each([
    [22, 5, '4,4'],
    [4, 1, '4,0'],
    [67, 20, '3,4'], // 3,35: a half goes up
    [334, 100, '3,3'],
    [13, 4, '3,3'], // 3,25
    [99, 20, '5,0'], // 4,95
    [1, 5, '0,2'],
    [-1, 5, '\u22120,2'],
    [-1, 20, '0,0'], // -0,05: a half goes up
    [-1, 3, '\u22120,3'],
    [-3, 20, '\u22120,1'],
    [-2, 1, '\u22122,0'],
  ])('%i/%i reads %s', (numerator, denominator, shown) => {
    expect(round1HalfUp(fraction(numerator, denominator), 'nl')).toBe(shown);
  });

  test('uses a point in English', () => {
    expect(round1HalfUp(fraction(22, 5), 'en')).toBe('4.4');
  });

  test('never strays more than half a tenth', () => {
    fc.assert(
      fc.property(anyFraction, (value) => {
        const shown = Number(round1HalfUp(value, 'en').replace('\u2212', '-'));
        expect(Math.abs(shown - toNumber(value))).toBeLessThanOrEqual(0.05 + 1e-9);
      }),
    );
  });
});
