/** An exact rational number in lowest terms; `denominator` is positive. Bigints, so that a sum over a whole sector stays exact. */
export type Fraction = { readonly numerator: bigint; readonly denominator: bigint };

/** Makes a fraction in lowest terms. @throws RangeError when the denominator is zero or a number is not whole. */
export function fraction(numerator: bigint | number, denominator: bigint | number = 1n): Fraction {
  const over = BigInt(numerator);
  const under = BigInt(denominator);
  if (under === 0n) throw new RangeError('a fraction needs a denominator other than zero');
  if (under === 1n) return { numerator: over, denominator: under };
  const divisor = under < 0n ? -gcd(over, under) : gcd(over, under);
  return { numerator: over / divisor, denominator: under / divisor };
}

export function addFractions(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function subtractFractions(a: Fraction, b: Fraction): Fraction {
  return addFractions(a, { numerator: -b.numerator, denominator: b.denominator });
}

export function multiplyFractions(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The exact mean of the values, each counted as often as its weight says. Null when there is nothing to weigh. */
export function weightedMean(values: readonly { value: Fraction; weight: number }[]): Fraction | null {
  let sum: Fraction = { numerator: 0n, denominator: 1n };
  let weights = 0n;
  for (const { value, weight } of values) {
    const { denominator } = value;
    const numerator = value.numerator * BigInt(weight);
    // Brought to lowest terms once, at the end: scoring an answer takes two of these.
    sum =
      denominator === sum.denominator
        ? { numerator: sum.numerator + numerator, denominator }
        : addFractions(sum, { numerator, denominator });
    weights += BigInt(weight);
  }
  return weights === 0n ? null : fraction(sum.numerator, sum.denominator * weights);
}

/** The exact value as text: a whole number, or a fraction in lowest terms such as `22/5`. */
export function toLowest(value: Fraction): string {
  return value.denominator === 1n ? `${value.numerator}` : `${value.numerator}/${value.denominator}`;
}

/** Reads what `toLowest` wrote. @throws RangeError when the text is no such number. */
export function fromLowest(text: string): Fraction {
  const match = /^(-?\d+)(?:\/(\d+))?$/.exec(text);
  if (!match) throw new RangeError(`not a fraction: ${text}`);
  return fraction(BigInt(match[1] as string), BigInt(match[2] ?? 1));
}

/**
 * The value as people read it (clause 7): one decimal, rounded half up, once.
 * `4,4` in Dutch, `4.4` in English; a negative difference carries a minus sign (U+2212).
 */
export function round1HalfUp(value: Fraction, locale: 'nl' | 'en'): string {
  const tenths = tenthsOf(value);
  const size = tenths < 0n ? -tenths : tenths;
  return `${tenths < 0n ? '\u2212' : ''}${size / 10n}${locale === 'nl' ? ',' : '.'}${size % 10n}`;
}

/** What `round1HalfUp` writes, in whole tenths: for comparing what stands on a page. */
export function tenthsOf(value: Fraction): bigint {
  return floorDivide(20n * value.numerator + value.denominator, 2n * value.denominator);
}

/** The value as a floating-point number, for drawing only. */
export function toNumber(value: Fraction): number {
  return Number(value.numerator) / Number(value.denominator);
}

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function floorDivide(a: bigint, positive: bigint): bigint {
  const quotient = a / positive;
  return a < 0n && quotient * positive !== a ? quotient - 1n : quotient;
}
