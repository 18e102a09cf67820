import {
  addFractions,
  type Fraction,
  fraction,
  multiplyFractions,
  round1HalfUp,
  subtractFractions,
  toLowest,
  toNumber,
  weightedMean,
} from './fraction.ts';
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

/**
 * How many publications have one level in a section and stood behind the same releases; `releases` by number, ascending.
 * `share` is the part that the section has in their total: more where fewer sections apply.
 */
export type ScoreGroup = {
  readonly releases: readonly number[];
  readonly score: Level;
  readonly share: Fraction;
  readonly insurers: number;
};

/** The total that a release shows, exact, and how many insurers stand behind it. */
export type ReleasedTotal = { readonly release: number; readonly mean: Fraction; readonly insurers: number };

/**
 * Whether figures would give a single insurer's score away to another insurer that knows its own, every figure that was
 * ever released, and who stands behind which release. They do not when for every publication there is another sector
 * with the very same figures in which it has another score, whichever one insurer looks at it:
 * - two others behind the same releases have another score (one of them may be who looks, the other can change places),
 *   and every total that they stand behind is written the same when they do; or
 * - a change is made good by two others with the same share in their total: one behind `X` and one behind `Y` where `X` is
 *   the same releases and `Y` together, or the same releases are `X` and `Y` together. Each may be who looks, so there are
 *   two of each.
 * @param groups of one section: every publication behind a release that shows it or a total, and behind the one that is to
 * be made
 * @param totals of all releases that show one
 */
export function givesAway(groups: readonly ScoreGroup[], totals: readonly ReleasedTotal[] = []): boolean {
  const alike = Map.groupBy(groups, ({ share }) => toLowest(share));
  const sectors = new Map([...alike].map(([share, same]) => [share, countByReleases(same)]));
  return groups.some((group) => {
    const sector = sectors.get(toLowest(group.share)) as Sector;
    return group.insurers > 0 && !canChangePlaces(group, groups, totals) && !isMadeGood(group, sector);
  });
}

type Sector = ReadonlyMap<string, { releases: readonly number[]; scores: ReadonlyMap<Level, number> }>;

const keyOf = (releases: readonly number[]) => releases.join(' ');

function countByReleases(groups: readonly ScoreGroup[]): Sector {
  const byReleases = Map.groupBy(groups, ({ releases }) => keyOf(releases));
  return new Map(
    [...byReleases].map(([key, same]) => {
      const scores = new Map<Level, number>();
      for (const { score, insurers } of same) scores.set(score, (scores.get(score) ?? 0) + insurers);
      return [key, { releases: (same[0] as ScoreGroup).releases, scores }];
    }),
  );
}

function canChangePlaces(group: ScoreGroup, groups: readonly ScoreGroup[], totals: readonly ReleasedTotal[]): boolean {
  const { releases, score } = group;
  const others = groups.filter(
    (other) => keyOf(other.releases) === keyOf(releases) && other.score !== score && keepsTotals(group, other, totals),
  );
  return others.reduce((sum, { insurers }) => sum + insurers, 0) >= 2;
}

/** Whether every total is written the same when one publication of each group has the level of the other. */
function keepsTotals(one: ScoreGroup, other: ScoreGroup, totals: readonly ReleasedTotal[]): boolean {
  const change = multiplyFractions(fraction(other.score - one.score), subtractFractions(one.share, other.share));
  return totals
    .filter(({ release }) => one.releases.includes(release))
    .every(({ mean, insurers }) => {
      const changed = addFractions(mean, multiplyFractions(change, fraction(1, insurers)));
      return round1HalfUp(changed, 'en') === round1HalfUp(mean, 'en');
    });
}

function isMadeGood({ releases, score }: ScoreGroup, sector: Sector): boolean {
  const enough = (key: string, wanted: Level) => (sector.get(key)?.scores.get(wanted) ?? 0) >= 2;
  const others = new Set([...sector.values()].flatMap(({ scores }) => [...scores.keys()]));
  others.delete(score);
  return [...sector.values()].some((one) =>
    [...others].some((other) => {
      if (!enough(keyOf(one.releases), other)) return false;
      // One behind more releases goes from the other score to this; who stands behind the rest of them the other way.
      const rest = without(one.releases, releases);
      if (rest !== null) return enough(keyOf(rest), score);
      // Two that stand behind these releases between them go from the other score to this.
      const remaining = without(releases, one.releases);
      return remaining !== null && enough(keyOf(remaining), other);
    }),
  );
}

/** What is left of `all` without `part`, or null when that is no true part of it. */
function without(all: readonly number[], part: readonly number[]): readonly number[] | null {
  if (part.length >= all.length || !part.every((release) => all.includes(release))) return null;
  return all.filter((release) => !part.includes(release));
}
