import {
  addFractions,
  type Fraction,
  fraction,
  multiplyFractions,
  subtractFractions,
  weightedMean,
} from './fraction.ts';
import type { Level } from './framework.ts';

/** From how many insurers sector figures are shown. */
export type ReleaseSettings = { readonly mean: number; readonly spread: number; readonly changed: number };

/** The floor: a round may ask for more insurers, never for fewer. */
export const releaseFloor: ReleaseSettings = { mean: 5, spread: 10, changed: 3 };

/** Sector figures of one score; a null says "te weinig verzekeraars". No minimum, maximum or rank. */
export type SectorFigure = {
  /** Exact mean of exact scores; rounded once, when shown. */
  readonly mean: Fraction | null;
  /** Standard deviation over these insurers, for display. */
  readonly spread: number | null;
  readonly insurers: number | null;
};

/** How many insurers have each level, or null: "te weinig verzekeraars". */
export type LevelCounts = Readonly<Record<Level, number>> | null;

/** The settings that count: those of the round where they are stricter than the floor. */
export function effectiveReleaseSettings(settings: Partial<ReleaseSettings> = {}): ReleaseSettings {
  const stricter = (name: keyof ReleaseSettings) => Math.max(releaseFloor[name], settings[name] ?? 0);
  return { mean: stricter('mean'), spread: stricter('spread'), changed: stricter('changed') };
}

/** Figures over the insurers that have this score (those where a section does not apply are not among `values`). */
export function sectorFigure(values: readonly Fraction[], settings?: Partial<ReleaseSettings>): SectorFigure {
  const needed = effectiveReleaseSettings(settings);
  const mean = weightedMean(values.map((value) => ({ value, weight: 1 })));
  if (mean === null || values.length < needed.mean) return { mean: null, spread: null, insurers: null };
  return {
    mean,
    spread: values.length < needed.spread ? null : deviationFrom(mean, values),
    insurers: values.length,
  };
}

/** How many insurers were determined at each level of one section, when there are enough of them. */
export function levelCounts(levels: readonly Level[], settings?: Partial<ReleaseSettings>): LevelCounts {
  if (levels.length < effectiveReleaseSettings(settings).spread) return null;
  const counts: Record<Level, number> = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  for (const level of levels) counts[level] += 1;
  return counts;
}

/**
 * Whether a release may be made: the first always; a further one only with enough insurers changed or added since the
 * last, so that two releases laid side by side give no single insurer away.
 * Both maps name per insurer what is published of it (edition or content hash).
 */
export function mayRelease(
  last: Readonly<Record<string, string>> | null,
  next: Readonly<Record<string, string>>,
  settings?: Partial<ReleaseSettings>,
): boolean {
  if (last === null) return true;
  const changed = Object.entries(next).filter(([insurer, published]) => last[insurer] !== published);
  return changed.length >= effectiveReleaseSettings(settings).changed;
}

function deviationFrom(mean: Fraction, values: readonly Fraction[]): number {
  let sum = fraction(0);
  for (const value of values) {
    const distance = subtractFractions(value, mean);
    sum = addFractions(sum, multiplyFractions(distance, distance));
  }
  return Math.sqrt(Number(sum.numerator) / (Number(sum.denominator) * values.length));
}
