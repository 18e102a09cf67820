import { describe, expect, it } from 'vitest';
import { changeOfMean, isUnchanged } from '#domain/sector.ts';
import { sectorOf } from '#services/sector/sector-figures.ts';
import { compiled, sketchDocument } from '../support/frameworks.ts';

const a = ['A.2.a', 'A.5.a'];
const b = ['B.2.a', 'B.5.a'];
const earlier = compiled(sketchDocument({ A: { criteria: a }, B: { criteria: b } }));
const later = (sections: Parameters<typeof sketchDocument>[0]) =>
  compiled({ ...sketchDocument(sections), edition: '2' });

const figureOf = (sectionKey: string, meanNumerator: number) => ({
  releaseId: 'release',
  sectionKey,
  meanNumerator,
  meanDenominator: 1,
  spread: null,
  insurers: 12,
  levelCounts: null,
  computedIn: null,
});
const keys = ['A', 'B', 'total'];
const figuresIn = (framework: typeof earlier, before: typeof earlier | null) =>
  sectorOf({
    framework,
    figures: keys.map((key) => figureOf(key, 4)),
    claims: [],
    criteria: [],
    before: before
      ? keys.map((key) => ({
          name: '2025',
          number: 1,
          version: { ref: '', sha256: Buffer.of() },
          figure: figureOf(key, 3),
        }))
      : [],
    earlier: before,
    settings: { mean: 5, spread: 10, changed: 3 },
  });
const changes = ({ figures }: ReturnType<typeof figuresIn>) =>
  figures.map(({ before, normChanged }) => [before, normChanged]);

describe('the change of the sector since the last round', () => {
  it('is told where the norm reads the same', () => {
    const report = figuresIn(later({ A: { criteria: a }, B: { criteria: b } }), earlier);
    expect(changes(report)).toEqual(keys.map(() => ['3', false]));
    expect(report.before).toMatchObject({ name: '2025', number: 1, framework: 'sketch@1', changes: [] });
  });

  it('is told of a section that is declared equal, and withheld where the norm changed, with what changed', () => {
    const more = [...b, 'B.5.b'];
    const declared = figuresIn(later({ A: { criteria: a }, B: { criteria: more, equalTo: ['sketch@1'] } }), earlier);
    expect(changes(declared)).toEqual(keys.map(() => ['3', false]));
    const changed = figuresIn(later({ A: { criteria: a }, B: { criteria: more } }), earlier);
    expect(changes(changed)).toEqual([
      ['3', false],
      [null, true],
      [null, true],
    ]);
    expect(changed.before?.changes).toMatchObject([{ section: 'B', comparable: false, added: ['B.5.b'] }]);
  });

  it('is not told where there is no round before', () => {
    const report = figuresIn(earlier, null);
    expect(changes(report)).toEqual(keys.map(() => [null, false]));
    expect(report.before).toBeNull();
  });

  it('is the difference of the two figures as they are written', () => {
    expect(changeOfMean({ mean: '87/25', before: '167/50' })).toEqual({ numerator: 1n, denominator: 5n });
    expect(changeOfMean({ mean: '4', before: null })).toBeNull();
    expect(changeOfMean({ mean: null, before: '4' })).toBeNull();
    expect(isUnchanged({ mean: '86/25', before: '84/25' })).toBe(true);
    expect(isUnchanged({ mean: '87/25', before: '167/50' })).toBe(false);
    expect(isUnchanged({ mean: '4', before: null })).toBe(false);
  });
});
