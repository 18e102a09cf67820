import { describe, expect, test } from 'vitest';
import { frameworkChange } from '#domain/framework-changes.ts';
import { compiled, sketchDocument } from '../support/frameworks.ts';

type Sections = Parameters<typeof sketchDocument>[0];

const a = ['A.2.a', 'A.3.a', 'A.4.a', 'A.5.a'];
const b = ['B.2.a', 'B.5.a'];
const reworded = { key: 'A.3.a', text: { nl: 'Nu iets anders', en: 'Something else' } };

/** The change from a framework of two sections to another. */
function changeTo(sections: Sections) {
  const later = compiled({ ...sketchDocument(sections), edition: '2' });
  return frameworkChange(compiled(sketchDocument({ A: { criteria: a }, B: { criteria: b } })), later);
}

describe('two versions of a framework', () => {
  test('that say the same are comparable, whatever their help and translation say', () => {
    const help = { asked: { nl: 'Andere hulp', en: 'Other help' }, evidence: { nl: 'Bewijs', en: 'Evidence' } };
    const criterion = { key: 'A.2.a', help, text: { nl: 'Tekst van A.2.a', en: 'Another translation' } };
    const { sections, total } = changeTo({ A: { criteria: [criterion, ...a.slice(1)] }, B: { criteria: b } });
    expect(sections.map(({ comparable }) => comparable)).toEqual([true, true]);
    expect(total).toBe(true);
  });

  test('name what was added, what went and what reads otherwise; the other section stays comparable', () => {
    const { sections, total } = changeTo({
      A: { criteria: ['A.2.a', reworded, 'A.5.a', 'A.5.b'] },
      B: { criteria: b },
    });
    expect(sections).toEqual([
      { section: 'A', comparable: false, added: ['A.5.b'], removed: ['A.4.a'], changed: ['A.3.a'] },
      { section: 'B', comparable: true, added: [], removed: [], changed: [] },
    ]);
    expect(total).toBe(false);
  });

  test('are comparable where the later declares it of the earlier', () => {
    const criteria = ['A.2.a', reworded, 'A.4.a', 'A.5.a'];
    const declared = changeTo({ A: { criteria, equalTo: ['sketch@1'] }, B: { criteria: b } });
    expect(declared.sections[0]).toMatchObject({ comparable: true, changed: ['A.3.a'] });
    expect(declared.total).toBe(true);
    const ofAnother = changeTo({ A: { criteria, equalTo: ['sketch@0'] }, B: { criteria: b } });
    expect(ofAnother.sections[0]?.comparable).toBe(false);
  });

  test('never compare a section that one of them lacks', () => {
    const { sections, total } = changeTo({
      A: { criteria: a },
      C: { criteria: ['C.2.a', 'C.5.a'], equalTo: ['sketch@1'] },
    });
    expect(sections).toEqual([
      { section: 'A', comparable: true, added: [], removed: [], changed: [] },
      { section: 'C', comparable: false, added: ['C.2.a', 'C.5.a'], removed: [], changed: [] },
      { section: 'B', comparable: false, added: [], removed: b, changed: [] },
    ]);
    expect(total).toBe(false);
  });

  test('have no total to compare when a section weighs otherwise', () => {
    const { sections, total } = changeTo({ A: { criteria: a, weight: 2 }, B: { criteria: b } });
    expect(sections.every(({ comparable }) => comparable)).toBe(true);
    expect(total).toBe(false);
  });
});
