import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Section } from '#domain/framework.ts';
import { norm } from '../support/frameworks.ts';

/** Keys of the criteria of which something holds, in the order of the norm. */
const keysWhere = (holds: (criterion: (typeof norm.criteria)[number]) => boolean) =>
  norm.criteria.filter(holds).map(({ key }) => key);

const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
const sha256 = (texts: string[]) => createHash('sha256').update(texts.map(plain).join('\n')).digest('hex');

describe('AFM, Claimafhandeling 2016-2017, as the norm has it', () => {
  test('is what rounds refer to', () => {
    expect(norm.ref).toBe('afm-claimafhandeling@2016-2017');
    expect(norm.authority).toBe('nl');
    expect(norm.source.publisher).toBe('AFM');
  });

  test('five sections that weigh the same', () => {
    expect(norm.sections.map(({ key, weight }) => [key, weight])).toEqual(
      ['I', 'II', 'III', 'IV', 'V'].map((key) => [key, 1]),
    );
  });

  test('44 criteria, each key in its place (clause 11)', () => {
    const counts = norm.sections.map(({ key, levels }) => [key, ...levels.map(({ criteria }) => criteria.length)]);
    expect(counts).toEqual([
      ['I', 4, 4, 3, 2],
      ['II', 2, 3, 2, 1],
      ['III', 2, 3, 2, 2],
      ['IV', 2, 4, 2, 1],
      ['V', 2, 1, 1, 1],
    ]);
    expect(norm.criteria).toHaveLength(44);
    expect(keysWhere(({ sectionKey }) => sectionKey === 'III').join(' ')).toBe(
      'III.2.a III.2.b III.3.a III.3.b III.3.c III.4.a III.4.b III.5.a III.5.b',
    );
  });

  test('these four links, and no others, let one criterion fulfil another (clause 4)', () => {
    const links = norm.criteria.flatMap(({ key, fulfilledBy }) => fulfilledBy.map((better) => `${key} by ${better}`));
    expect(links).toEqual(['III.2.a by III.3.a', 'III.2.b by III.3.c', 'III.2.b by III.4.a', 'III.3.c by III.4.a']);
  });

  test('three profile questions decide what applies (clause 5)', () => {
    expect(norm.intake.map(({ key, question }) => [key, question.nl])).toEqual([
      ['ownLossAdjusters', 'Heeft u eigen schade-experts in dienst?'],
      ['externalLossAdjusters', 'Werkt u samen met externe schade-experts?'],
      ['authorisedAgents', 'Hebt u volmacht verleend aan gevolmachtigd agenten?'],
    ]);
    const deciding = (fact: string) => keysWhere(({ appliesWhen }) => appliesWhen.includes(fact));
    expect(deciding('ownLossAdjusters')).toEqual(['III.3.b']);
    expect(deciding('externalLossAdjusters')).toEqual(['III.2.b', 'III.3.c', 'III.4.a']);
    expect(deciding('authorisedAgents')).toEqual(keysWhere(({ sectionKey }) => sectionKey === 'IV'));
  });

  test('evidence is asked where the norm says aantoonbaar, laat zien or kan aantonen', () => {
    expect(keysWhere(({ evidenceAsked }) => evidenceAsked)).toEqual([
      'I.5.b',
      'II.3.b',
      'II.4.a',
      'II.5.a',
      'III.5.a',
      'III.5.b',
      'IV.4.b',
      'IV.5.a',
    ]);
    for (const { text } of norm.criteria.filter((criterion) => criterion.evidenceAsked)) {
      expect(text.nl).toMatch(/aantoonba|laat .*zien|kan aantonen/);
    }
  });

  test('claim files are looked into where the norm says uit dossiers', () => {
    expect(keysWhere(({ claimFiles }) => claimFiles)).toEqual(['I.3.c', 'I.3.d', 'I.4.c', 'I.5.a']);
    expect(keysWhere(({ text }) => /uit (de )?dossiers/i.test(text.nl))).toEqual(['I.3.c', 'I.3.d', 'I.4.c', 'I.5.a']);
  });

  test('section V is cut out of its level texts, and says so (clause 10)', () => {
    expect(keysWhere(({ derived }) => derived)).toEqual(['V.2.a', 'V.2.b', 'V.3.a', 'V.4.a', 'V.5.a']);
    expect(norm.sections.filter((section) => section.outsideAssessor).map(({ key }) => key)).toEqual(['V']);
    expect(norm.section('V')?.levelOneShownWhenExactlyOneOf).toEqual(['V.2.a', 'V.2.b']);
    expect(norm.section('V')?.criteria.map(({ text }) => text.nl)).toEqual([
      'De verzekeraar voldoet aan de eisen voor de informatie op de website over claimbehandeling.',
      'De verzekeraar is 24/7 bereikbaar voor klanten in noodsituaties.',
      'De verzekeraar informeert de klant helder over belangrijke aspecten rondom de schade- en contra-expert.',
      'De verzekeraar legt duidelijk uit waarom hij een claim afwijst en wat de klant moet doen als hij het niet eens is met de afwijzing.',
      'Klanten kunnen zelf de status van hun claim volgen in een online-omgeving.',
    ]);
  });

  test('what is our reading says why', () => {
    expect(norm.reading.map(({ about }) => about)).toEqual(
      expect.arrayContaining(['fulfilledBy', 'applicability', 'sectionV', 'partly', 'interval', 'shortNames', 'help']),
    );
  });
});

describe('word for word as published', () => {
  /** Title, thinking, source note, then the texts of level 1 to 5: hashed from the published text, white space joined. */
  const published: Record<string, string> = {
    I: '86156d99d6b28fb7e2c4e34e0b3ed5209e5d26a9ff81d1adde584a8c7ae0b62e',
    II: '7a98e6168ca85c46db0468aa1d7a289feffc3292f482212428927b86aec26653',
    III: 'ce13a1d83c39b6a2b7bf6c6076f039204e4e38e8ba238e2f2bace5662ed68032',
    IV: '723a0496cd93da6288ab9dc05d4ad586c3fac3e1b2aa00af7e21cc15b58038d7',
    V: '34debea4d9f2857ecdd8c21a0bb58039902c9050c77e50e54aac455e6bf0abe1',
  };

  function dutchTexts({ title, thinking, sourceNote, levelTexts, criteria }: Section): string[] {
    const described = new Map(levelTexts.map(({ level, text }) => [level, text.nl]));
    const levels = ([1, 2, 3, 4, 5] as const).flatMap((level) => {
      const text = described.get(level);
      return text === undefined
        ? criteria.filter((criterion) => criterion.level === level).map((criterion) => criterion.text.nl)
        : [text];
    });
    return [title.nl, thinking.nl, ...(sourceNote ? [sourceNote.nl] : []), ...levels];
  }

  test.each(norm.sections)('section $key', (section) => {
    expect(sha256(dutchTexts(section))).toBe(published[section.key]);
  });

  test('the scale', () => {
    expect(sha256(norm.levels.map(({ name }) => name.nl))).toBe(
      'c21638f7d1249ded3007c70bbbc57702f6442ec24026c2457d0f49f1cfed1615',
    );
  });
});
