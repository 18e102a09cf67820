import { describe, expect, test } from 'vitest';
import { compileFramework } from '#domain/framework.ts';
import { type FrameworkDocument, readFrameworkDocument } from '#domain/framework-document.ts';
import { messages } from '#lib/i18n/messages.ts';
import { norm, sketch, sketchDocument } from '../support/frameworks.ts';

const plain = { criteria: ['A.2.a', 'A.3.a', 'A.4.a', 'A.5.a'] };

/** The faults of a document, each as "code at path of key". */
function faultsOf(document: FrameworkDocument): string[] {
  const result = compileFramework(document);
  return result.ok ? [] : result.errors.map(({ code, path, key }) => `${code} at ${path.join('.')} of ${key}`);
}

describe('reading a document', () => {
  const shapeFaults = (change: (document: Record<string, never>) => void) => {
    const document = JSON.parse(JSON.stringify(sketchDocument({ A: plain })));
    change(document);
    const result = readFrameworkDocument(document);
    return result.ok ? [] : result.errors.map(({ code, path, key }) => `${code} at ${path.join('.')} of ${key}`);
  };

  test('accepts a whole one and trims its texts', () => {
    const document = sketchDocument({ A: { ...plain, gist: { nl: ' Kern \n', en: 'Gist' } } });
    const result = readFrameworkDocument(document);
    expect(result.ok && result.document.sections[0]?.gist).toEqual({ nl: 'Kern', en: 'Gist' });
  });

  test('wants both languages everywhere, and names the nearest key', () => {
    // biome-ignore lint/suspicious/noExplicitAny: the point is to break the shape
    const at = (document: any) => document.sections[0].criteria[1];
    expect(shapeFaults((document) => delete at(document).short.en)).toEqual([
      'invalid_type at sections.0.criteria.1.short.en of A.3.a',
    ]);
    expect(
      shapeFaults((document) => {
        at(document).text.nl = '  ';
      }),
    ).toEqual(['too_small at sections.0.criteria.1.text.nl of A.3.a']);
  });

  test('refuses properties it does not know, and weights that are not positive whole numbers', () => {
    // biome-ignore lint/suspicious/noExplicitAny: the point is to break the shape
    const section = (document: any) => document.sections[0];
    expect(
      shapeFaults((document) => {
        section(document).colour = 'red';
      }),
    ).toEqual(['unrecognized_keys at sections.0 of A']);
    for (const weight of [0, -1, 0.5]) {
      const faults = shapeFaults((document) => {
        section(document).weight = weight;
      });
      expect(faults[0], `weight ${weight}`).toMatch(/ at sections\.0\.weight of A$/);
    }
  });

  test('gives a fault without a key when no keyed part is near', () => {
    expect(readFrameworkDocument(null)).toMatchObject({ ok: false, errors: [{ path: [], code: 'invalid_type' }] });
    const result = readFrameworkDocument({ sections: 'none' });
    expect(!result.ok && result.errors.find(({ path }) => path[0] === 'sections')).not.toHaveProperty('key');
    const deeper = readFrameworkDocument({ title: { nl: 'Titel' } });
    expect(!deeper.ok && deeper.errors.every(({ key }) => key === undefined)).toBe(true);
  });
});

describe('compiling', () => {
  test('resolves what belongs together', () => {
    const framework = sketch(
      {
        A: { ...plain, appliesWhen: 'agents', criteria: [{ key: 'A.2.a', appliesWhen: 'experts' }, 'A.3.a', 'A.5.a'] },
        B: { criteria: [{ key: 'B.2.a', fulfilledBy: ['B.5.a'], evidenceAsked: true }, 'B.5.a'], weight: 2 },
      },
      ['agents', 'experts'],
    );
    expect(framework.ref).toBe('sketch@1');
    expect(framework.criteria.map(({ key, index }) => `${index} ${key}`)).toEqual([
      '0 A.2.a',
      '1 A.3.a',
      '2 A.5.a',
      '3 B.2.a',
      '4 B.5.a',
    ]);
    expect(framework.criterion('A.2.a')?.appliesWhen).toEqual(['agents', 'experts']);
    expect(framework.criterion('A.3.a')?.appliesWhen).toEqual(['agents']);
    expect(framework.criterion('B.5.a')).toMatchObject({ sectionKey: 'B', level: 5, fulfils: ['B.2.a'] });
    expect(framework.criterion('B.2.a')).toMatchObject({ fulfilledBy: ['B.5.a'], fulfils: [], evidenceAsked: true });
    expect(framework.section('B')).toMatchObject({ index: 1, weight: 2, appliesWhen: null, sourceNote: null });
    expect(framework.section('A')?.levels.map(({ level, criteria }) => [level, criteria.length])).toEqual([
      [2, 1],
      [3, 1],
      [4, 0],
      [5, 1],
    ]);
    expect(framework.intakeQuestion('experts')?.short.nl).toBe('experts');
    expect(framework.criterionIndex.get('B.2.a')).toBe(3);
  });

  test('knows a criterion’s neighbours across sections, and nothing beyond the ends', () => {
    expect(norm.next('I.5.b')?.key).toBe('II.2.a');
    expect(norm.previous('II.2.a')?.key).toBe('I.5.b');
    expect(norm.previous('I.2.a')).toBeUndefined();
    expect(norm.next('V.5.a')).toBeUndefined();
    for (const key of ['I.9.z', 'constructor', '__proto__', '']) {
      expect([norm.criterion(key), norm.next(key), norm.previous(key), norm.section(key)]).toEqual(
        Array(4).fill(undefined),
      );
    }
  });

  test('is what titles say it is about, by its own title where it names nothing shorter', () => {
    const document = sketchDocument({ A: plain });
    const subject = { nl: 'Klachten', en: 'Complaints' };
    expect(compileFramework({ ...document, subject })).toMatchObject({ framework: { subject } });
    expect(compileFramework(document)).toMatchObject({ framework: { subject: document.title } });
    // No text of the product says it instead of the framework.
    expect(JSON.stringify(messages)).not.toMatch(/claimafhandeling|claims handling/i);
  });

  test('cannot be changed, neither itself nor through the document', () => {
    const document = sketchDocument({ A: plain }, []);
    const result = compileFramework(document);
    if (!result.ok) throw new Error('expected a framework');
    const { framework } = result;
    (document.sections[0] as { weight: number }).weight = 99;
    (document.title as { nl: string }).nl = 'Anders';
    expect(framework.section('A')?.weight).toBe(1);
    expect(framework.title.nl).toBe('Schets');
    expect(() => Object.assign(framework, { key: 'other' })).toThrow(TypeError);
    expect(() => Object.assign(framework.criterion('A.2.a') ?? {}, { level: 5 })).toThrow(TypeError);
    expect(() => (framework.criteria as unknown[]).push({})).toThrow(TypeError);
    expect(() => Object.assign(framework.criterion('A.2.a')?.text ?? {}, { nl: '' })).toThrow(TypeError);
  });
});

describe('a document with a fault is refused, naming the key', () => {
  const cases: [string, FrameworkDocument, string[]][] = [
    [
      'a criterion twice',
      sketchDocument({ A: { criteria: ['A.2.a', 'A.2.a', 'A.5.a'] } }),
      [
        'duplicate_key at sections.0.criteria.1.key of A.2.a',
        'criterion_key_out_of_order at sections.0.criteria.1.key of A.2.a',
      ],
    ],
    [
      'a section twice',
      (() => {
        const document = sketchDocument({ A: plain });
        return { ...document, sections: [...document.sections, ...document.sections] };
      })(),
      ['duplicate_key at sections.1.key of A'],
    ],
    ['an intake question twice', sketchDocument({ A: plain }, ['x', 'x']), ['duplicate_key at intake.1.key of x']],
    [
      'a letter left out',
      sketchDocument({ A: { criteria: ['A.2.a', 'A.2.c', 'A.5.a'] } }),
      ['criterion_key_out_of_order at sections.0.criteria.1.key of A.2.c'],
    ],
    [
      'a key of another section',
      sketchDocument({ A: { criteria: ['B.2.a', 'A.5.a'] } }),
      ['criterion_key_out_of_order at sections.0.criteria.0.key of B.2.a'],
    ],
    [
      'a level that steps back',
      sketchDocument({ A: { criteria: ['A.3.a', 'A.2.a', 'A.5.a'] } }),
      ['criterion_key_out_of_order at sections.0.criteria.1.key of A.2.a'],
    ],
    [
      'a level that differs from the key',
      sketchDocument({ A: { criteria: [{ key: 'A.2.a', level: 3 }, 'A.5.a'] } }),
      [
        'criterion_level_differs at sections.0.criteria.0.level of A.2.a',
        'criterion_key_out_of_order at sections.0.criteria.0.key of A.2.a',
      ],
    ],
    [
      'no criterion at the highest level (clause 6)',
      sketchDocument({ A: { criteria: ['A.2.a', 'A.4.a'] } }),
      ['no_criterion_at_highest_level at sections.0.criteria of A'],
    ],
    [
      'no text for level 1',
      sketchDocument({ A: { ...plain, levelTexts: [{ level: 2, text: { nl: 'x', en: 'x' } }] } }),
      ['level_one_text_missing at sections.0.levelTexts of A'],
    ],
    [
      'two texts for one level',
      sketchDocument({
        A: { ...plain, levelTexts: [1, 3, 3].map((level) => ({ level, text: { nl: 'x', en: 'x' } })) },
      }),
      ['duplicate_level_text at sections.0.levelTexts.2.level of A'],
    ],
    [
      'an unknown intake key, of a section and of a criterion',
      sketchDocument({ A: { appliesWhen: 'y', criteria: [{ key: 'A.2.a', appliesWhen: 'z' }, 'A.5.a'] } }, ['x']),
      ['unknown_intake at sections.0.appliesWhen of A', 'unknown_intake at sections.0.criteria.0.appliesWhen of A.2.a'],
    ],
    [
      'fulfilled by a criterion that does not exist',
      sketchDocument({ A: { criteria: [{ key: 'A.2.a', fulfilledBy: ['A.4.a'] }, 'A.5.a'] } }),
      ['unknown_criterion at sections.0.criteria.0.fulfilledBy.0 of A.2.a'],
    ],
    [
      'fulfilled by a criterion of another section',
      sketchDocument({
        A: { criteria: [{ key: 'A.2.a', fulfilledBy: ['B.5.a'] }, 'A.5.a'] },
        B: { criteria: ['B.5.a'] },
      }),
      ['reference_to_other_section at sections.0.criteria.0.fulfilledBy.0 of A.2.a'],
    ],
    [
      'fulfilled by the same criterion twice',
      sketchDocument({ A: { criteria: [{ key: 'A.2.a', fulfilledBy: ['A.5.a', 'A.5.a'] }, 'A.5.a'] } }),
      ['duplicate_reference at sections.0.criteria.0.fulfilledBy.1 of A.2.a'],
    ],
    [
      'a circle, which cannot all run upward (clause 4)',
      sketchDocument({
        A: {
          criteria: [
            { key: 'A.2.a', fulfilledBy: ['A.5.a'] },
            { key: 'A.5.a', fulfilledBy: ['A.2.a'] },
          ],
        },
      }),
      ['fulfilled_by_not_upward at sections.0.criteria.1.fulfilledBy.0 of A.5.a'],
    ],
    [
      'fulfilled by itself',
      sketchDocument({ A: { criteria: [{ key: 'A.5.a', fulfilledBy: ['A.5.a'] }] } }),
      ['fulfilled_by_not_upward at sections.0.criteria.0.fulfilledBy.0 of A.5.a'],
    ],
    [
      'level 1 shown by criteria that are not there',
      sketchDocument({ A: { ...plain, levelOneShownWhenExactlyOneOf: ['A.2.a', 'A.2.b'] } }),
      ['unknown_criterion at sections.0.levelOneShownWhenExactlyOneOf.1 of A'],
    ],
    [
      'a scale out of order',
      (() => {
        const document = sketchDocument({ A: plain });
        return { ...document, levels: document.levels.toReversed() };
      })(),
      [5, 4, 2, 1].map((level) => `scale_out_of_order at levels.${5 - level}.level of ${level}`),
    ],
  ];

  test.each(cases)('%s', (_, document, expected) => {
    expect(faultsOf(document)).toEqual(expected);
  });

  test('and says in words what was expected', () => {
    const document = sketchDocument({ A: { criteria: ['A.2.b', 'A.5.a'] } });
    const result = compileFramework({ ...document, levels: document.levels.toReversed() });
    const details = result.ok ? [] : result.errors.map(({ detail }) => detail);
    expect(details[0]).toBe('expected level 1');
    expect(details.at(-1)).toBe('expected A.2.a');
  });

  test('more than 26 bullets on one level go on with aa, ab', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz', 'aa', 'ab'];
    expect(faultsOf(sketchDocument({ A: { criteria: letters.map((letter) => `A.5.${letter}`) } }))).toEqual([]);
  });
});
