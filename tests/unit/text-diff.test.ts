import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffPart, diffWords } from '../../components/ui/text-diff.ts';

const joined = (parts: DiffPart[]) => parts.map((part) => part.text).join('');
const differing = (parts: DiffPart[]) => parts.filter((part) => part.differs).map((part) => part.text.trim());

describe('two versions of one text', () => {
  it('marks in each what the other does not have', () => {
    const { left, right } = diffWords(
      'Elk kwartaal leest het team 40 rapporten terug, getrokken uit alle motorschades. Wij letten op duur.',
      'Elk kwartaal leest het team 60 rapporten terug. Wij letten op duur, en op toon.',
    );
    expect(differing(left)).toEqual(['40', ', getrokken uit alle motorschades']);
    expect(differing(right)).toEqual(['60', ', en op toon']);
  });

  it('marks nothing in equal texts, and all of a text beside an empty one', () => {
    expect(differing(diffWords('Ja, dat is zo.', 'Ja, dat is zo.').left)).toEqual([]);
    expect(diffWords('', 'Nieuwe tekst').right).toEqual([{ text: 'Nieuwe tekst', differs: true }]);
  });

  it('never changes a text: its parts joined are the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const { left, right } = diffWords(a, b);
        expect([joined(left), joined(right)]).toEqual([a, b]);
      }),
    );
  });

  it('leaves the same words unmarked on both sides', () => {
    const word = fc.constantFrom('de', 'norm', 'klant', 'en', 'claim');
    const text = fc.array(word, { maxLength: 30 }).map((all) => all.join(' '));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const { left, right } = diffWords(a, b);
        const same = (parts: DiffPart[]) =>
          parts
            .filter((part) => !part.differs)
            .map((part) => part.text)
            .join('')
            .replaceAll(/\s+/g, '');
        expect(same(left)).toBe(same(right));
      }),
    );
  });
});
