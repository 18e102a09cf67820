import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fraction } from '#domain/fraction.ts';
import type { Level } from '#domain/framework.ts';
import { givesAway, type ScoreGroup } from '#domain/release-rules.ts';

/** One published result: the releases that it stood behind, its level, and whose it is. */
type Publication = { insurer: number; releases: readonly number[]; level: number };

const levels = [1, 2, 3, 4, 5];

/**
 * What somebody can work out who knows all counts per level of all releases, who stands behind which, and their own
 * results: the levels that a publication can have. Tries every sector that gives the same figures.
 */
function possibleLevels(sector: readonly Publication[], attacker: number, victim: Publication): Set<number> {
  const releases = [...new Set(sector.flatMap((one) => one.releases))];
  const left = new Map<string, number>();
  for (const one of sector) {
    if (one.insurer === attacker) continue;
    for (const release of one.releases) {
      const cell = `${release}:${one.level}`;
      left.set(cell, (left.get(cell) ?? 0) + 1);
    }
  }
  const unknown = sector.filter((one) => one.insurer !== attacker && one !== victim);
  return new Set(levels.filter((level) => place(victim, level, () => fits(unknown, 0, new Set()))));

  function place(one: Publication, level: number, then: () => boolean): boolean {
    const cells = one.releases.map((release) => `${release}:${level}`);
    if (cells.some((cell) => (left.get(cell) ?? 0) === 0)) return false;
    for (const cell of cells) left.set(cell, (left.get(cell) ?? 0) - 1);
    const found = then();
    for (const cell of cells) left.set(cell, (left.get(cell) ?? 0) + 1);
    return found;
  }

  /** Whether the publications from here on can be given levels so that every figure comes out. */
  function fits(rest: readonly Publication[], at: number, dead: Set<string>): boolean {
    const one = rest[at];
    if (!one) return true;
    const state = `${at}|${releases.map((release) => levels.map((level) => left.get(`${release}:${level}`) ?? 0))}`;
    if (dead.has(state)) return false;
    const found = levels.some((level) => place(one, level, () => fits(rest, at + 1, dead)));
    if (!found) dead.add(state);
    return found;
  }
}

function groupsOf(sector: readonly Publication[]): ScoreGroup[] {
  return [...Map.groupBy(sector, ({ releases, level }) => `${releases}|${level}`).values()].map((same) => ({
    releases: same[0]?.releases ?? [],
    score: (same[0]?.level ?? 1) as Level,
    share: fraction(1, 5),
    insurers: same.length,
  }));
}

/** Whom somebody in the sector could find out about. */
function foundOut(sector: readonly Publication[]): Publication[] {
  const attackers = [...new Set(sector.map(({ insurer }) => insurer))];
  return sector.filter((victim) =>
    attackers.some((attacker) => attacker !== victim.insurer && possibleLevels(sector, attacker, victim).size === 1),
  );
}

const inFirst = (level: number, insurer: number): Publication => ({ insurer, releases: [1], level });
const level = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(3, 4) },
  { weight: 1, arbitrary: fc.constantFrom(...levels) },
);

/** Rounds with two releases: who stayed, whose result was corrected, who was left out, and who came. */
const rounds = fc
  .record({
    stayed: fc.array(level, { minLength: 5, maxLength: 6 }),
    corrected: fc.array(fc.tuple(level, level), { maxLength: 2 }),
    left: fc.array(level, { maxLength: 2 }),
    came: fc.array(level, { maxLength: 5 }),
  })
  .map(({ stayed, corrected, left, came }): Publication[] => {
    let insurer = 0;
    const next = () => {
      insurer += 1;
      return insurer;
    };
    return [
      ...stayed.map((own) => ({ insurer: next(), releases: [1, 2], level: own })),
      ...corrected.flatMap(([before, after]) => {
        const who = next();
        return [
          { insurer: who, releases: [1], level: before },
          { insurer: who, releases: [2], level: after },
        ];
      }),
      ...left.map((own) => ({ insurer: next(), releases: [1], level: own })),
      ...came.map((own) => ({ insurer: next(), releases: [2], level: own })),
    ];
  });

describe('an insurer that knows its own score', () => {
  test('finds nobody out from the figures of one release', () => {
    let shown = 0;
    fc.assert(
      fc.property(fc.array(level, { minLength: 5, maxLength: 9 }), (own) => {
        const sector = own.map(inFirst);
        if (givesAway(groupsOf(sector))) return;
        shown += 1;
        expect(foundOut(sector)).toEqual([]);
      }),
      { numRuns: 80 },
    );
    expect(shown).toBeGreaterThan(20);
  }, 30_000);

  test('finds nobody out by laying two releases side by side', () => {
    let shown = 0;
    fc.assert(
      fc.property(rounds, (sector) => {
        if (givesAway(groupsOf(sector))) return;
        shown += 1;
        expect(foundOut(sector)).toEqual([]);
      }),
      { numRuns: 150 },
    );
    expect(shown).toBeGreaterThan(2);
  }, 30_000);

  test('would find out about a sector of one level, about the only newcomer, and about the only one that left', () => {
    const all = (own: readonly number[]) => own.map(inFirst);
    expect(foundOut(all([5, 5, 5, 5, 5]))).toHaveLength(5);
    expect(givesAway(groupsOf(all([5, 5, 5, 5, 5])))).toBe(true);
    // Who has the one other level knows the level of everybody else.
    expect(givesAway(groupsOf(all([4, 4, 4, 4, 2])))).toBe(true);
    expect(givesAway(groupsOf(all([4, 4, 4, 3, 2])))).toBe(false);

    const stayed = [1, 2, 3, 4, 5, 3].map((own, insurer) => ({ insurer, releases: [1, 2], level: own }));
    const newcomer = [...stayed, { insurer: 20, releases: [2], level: 4 }];
    expect(foundOut(newcomer)).toContainEqual({ insurer: 20, releases: [2], level: 4 });
    expect(givesAway(groupsOf(newcomer))).toBe(true);
    const leaver = [...stayed, { insurer: 20, releases: [1], level: 4 }];
    expect(givesAway(groupsOf(leaver))).toBe(true);
    expect(givesAway(groupsOf(stayed))).toBe(false);
  });

  test('is kept from one corrected result by enough newcomers with the same and with other levels', () => {
    const stayed = [1, 2, 3, 4, 5, 3].map((own, insurer) => ({ insurer, releases: [1, 2], level: own }));
    const corrected = [
      { insurer: 20, releases: [1], level: 2 },
      { insurer: 20, releases: [2], level: 3 },
    ];
    const came = (own: readonly number[]) =>
      own.map((one, place) => ({ insurer: 30 + place, releases: [2], level: one }));
    expect(givesAway(groupsOf([...stayed, ...corrected, ...came([4, 4, 5])]))).toBe(true);
    const masked = [...stayed, ...stayed.map((one) => ({ ...one, insurer: one.insurer + 10 })), ...corrected];
    const enough = [...masked, ...came([2, 2, 4, 4, 5])];
    expect(givesAway(groupsOf(enough))).toBe(false);
    expect(foundOut(enough)).toEqual([]);
  });
});
