import { type Fraction, multiplyFractions, subtractFractions, toNumber, weightedMean } from './fraction.ts';
import type { Level } from './framework.ts';

/** From how many insurers sector figures are shown. */
export type ReleaseSettings = { readonly mean: number; readonly spread: number; readonly changed: number };

/** The floor: a round may ask for more insurers, never for fewer. */
export const releaseFloor: ReleaseSettings = { mean: 5, spread: 10, changed: 3 };

/** How many insurers have one exact score: a database counts, so that nothing here grows with the sector. */
export type ScoreCount = { readonly value: Fraction; readonly insurers: number };

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

/** Figures over the insurers that have this score (those where a section does not apply are not among the counts). */
export function sectorFigure(counts: readonly ScoreCount[], settings?: Partial<ReleaseSettings>): SectorFigure {
  const needed = effectiveReleaseSettings(settings);
  const insurers = counts.reduce((sum, count) => sum + count.insurers, 0);
  const mean = weightedMean(counts.map(({ value, insurers: weight }) => ({ value, weight })));
  if (mean === null || insurers < needed.mean) return { mean: null, spread: null, insurers: null };
  return { mean, spread: insurers < needed.spread ? null : deviationFrom(mean, counts), insurers };
}

/** How many insurers were determined at each level of one section, when there are enough of them. */
export function levelCounts(
  counts: Partial<Readonly<Record<Level, number>>>,
  settings?: Partial<ReleaseSettings>,
): LevelCounts {
  const all: Record<Level, number> = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, ...counts };
  const insurers = Object.values(all).reduce((sum, count) => sum + count, 0);
  return insurers < effectiveReleaseSettings(settings).spread ? null : all;
}

/**
 * Whether a release may be made: the first always; a further one only with enough insurers changed or added since the
 * last, so that two releases laid side by side give no single insurer away. Leaving insurers out does not count.
 * @param changed insurers of which something else is published than stood behind the last release; null: there is none
 */
export function mayRelease(changed: number | null, settings?: Partial<ReleaseSettings>): boolean {
  return changed === null || changed >= effectiveReleaseSettings(settings).changed;
}

function deviationFrom(mean: Fraction, counts: readonly ScoreCount[]): number {
  const squares = counts.map(({ value, insurers }) => {
    const distance = subtractFractions(value, mean);
    return { value: multiplyFractions(distance, distance), weight: insurers };
  });
  return Math.sqrt(toNumber(weightedMean(squares) as Fraction));
}
