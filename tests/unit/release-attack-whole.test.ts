import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { certainOf, type Published, releasedFigures } from '../support/sector-attack.ts';

const level = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(3, 4) },
  { weight: 2, arbitrary: fc.constantFrom(1, 2, 3, 4, 5) },
);
const result = fc.record({ A: level, B: fc.option(level, { freq: 4 }) });

/** Who stayed, who was corrected, who left and who came, over up to three releases. */
const sectors = fc
  .record({
    stayed: fc.array(result, { minLength: 5, maxLength: 11 }),
    corrected: fc.array(fc.tuple(result, result), { maxLength: 1 }),
    second: fc.array(result, { maxLength: 5 }),
    third: fc.array(result, { maxLength: 4 }),
  })
  .map(({ stayed, corrected, second, third }): Published[] => {
    const all = third.length > 0 ? [1, 2, 3] : second.length > 0 ? [1, 2] : [1];
    let insurer = 0;
    const one = (releases: readonly number[]) => (own: { A: number; B: number | null }) => {
      insurer += 1;
      return { insurer, releases: all.filter((at) => releases.includes(at)), ...own };
    };
    return [
      ...stayed.map(one([1, 2, 3])),
      ...corrected.flatMap(([before, after]) => {
        const was = one([1])(before);
        return all.length > 1 ? [was, { ...was, releases: all.filter((at) => at > 1), ...after }] : [was];
      }),
      ...(all.length > 1 ? second.map(one([2, 3])) : []),
      ...third.map(one([3])),
    ];
  });

/** What an alliance is certain of: whose score, and in what. */
function foundOut(
  sector: readonly Published[],
  allied: ReadonlySet<number>,
  known = releasedFigures(sector),
): string[] {
  if (!known) return [];
  // Who has the same results behind the same releases is found out together.
  const alike = Map.groupBy(
    sector.filter(({ insurer }) => !allied.has(insurer)),
    ({ releases, A, B }) => `${releases}|${A}|${B}`,
  );
  return [...alike].flatMap(([kind, [victim]]) =>
    victim ? [...certainOf(sector, allied, victim, known)].map((key) => `${kind}: ${key}`) : [],
  );
}

const behindOne = (results: readonly { A: number; B: number | null }[]): Published[] =>
  results.map((own, insurer) => ({ insurer, releases: [1], ...own }));

/** Whether for each section every level leaves three insurers with another one. */
const isMixed = (sector: readonly Published[]) =>
  (['A', 'B'] as const).every((key) =>
    sector.every((one) => sector.filter((other) => other[key] !== one[key]).length >= 3),
  );

describe('sections, total, public file and successive releases laid together', { timeout: 120_000 }, () => {
  test('tell an insurer that knows its own results nobody else for certain', () => {
    let shown = 0;
    fc.assert(
      fc.property(sectors, fc.nat(), (sector, who) => {
        const insurers = [...new Set(sector.map(({ insurer }) => insurer))];
        const attacker = insurers[who % insurers.length] ?? 0;
        if (releasedFigures(sector)?.length) shown += 1;
        expect(foundOut(sector, new Set([attacker]))).toEqual([]);
      }),
      { numRuns: 40 },
    );
    expect(shown).toBeGreaterThan(3);
  });

  test('would have told of the only insurer to whom a section does not apply, through the total', () => {
    const sector = behindOne([
      ...[4, 4, 3, 4, 3, 3, 3, 1].map((A, place) => ({ A, B: [5, 2, 4, 3, 4, 1, 3, 3][place] ?? null })),
      { A: 2, B: null },
    ]);
    const known = releasedFigures(sector) ?? [];
    expect(known.map(({ key }) => key)).toEqual(['A', 'B']);
    expect(foundOut(sector, new Set([4]), known)).toEqual([]);
    const withTotal = [...known, { release: 1, key: 'total' as const, mean: '3.0', insurers: 9, levels: null }];
    expect(foundOut(sector, new Set([4]), withTotal)).toEqual(['1|2|null: A', '1|2|null: total']);
  });

  test('tell two insurers that lay their results together nobody for certain where three others differ', () => {
    const drawn = fc.array(fc.record({ A: level, B: level }), { minLength: 6, maxLength: 11 }).map(behindOne);
    let shown = 0;
    fc.assert(
      fc.property(drawn.filter(isMixed), fc.nat(), fc.nat(), (sector, one, other) => {
        const allied = new Set([one % sector.length, other % sector.length]);
        if (releasedFigures(sector)?.length) shown += 1;
        expect(foundOut(sector, allied)).toEqual([]);
      }),
      { numRuns: 30 },
    );
    expect(shown).toBeGreaterThan(3);
  });

  test('hold back the counts per level below ten insurers', () => {
    const levelsOf = (many: number) =>
      releasedFigures(behindOne(Array.from({ length: many }, (_, at) => ({ A: 1 + (at % 5), B: 5 - (at % 4) }))))?.map(
        ({ levels }) => levels !== null,
      );
    expect(levelsOf(4)).toEqual([]);
    expect(levelsOf(9)).toEqual([false, false, false]);
    expect(levelsOf(10)).toEqual([true, true, false]);
  });
});
