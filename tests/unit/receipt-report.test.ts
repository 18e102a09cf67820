import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

import { scoreAssessment } from '#domain/scoring.ts';
import type { SubmissionSnapshot } from '#domain/snapshot.ts';
import { glyphsOf, printable } from '#lib/reports/printable-text.ts';
import { type Receipt, receiptReport } from '#lib/reports/receipt-report.ts';
import { norm as framework } from '../support/frameworks.ts';

const hostile = [
  '#eval("1 + 1") #include "/etc/passwd" #import "trede.typ": *',
  '$x^2$ *vet* _schuin_ `code` <label> @ref ~ \\ \\u{1F600} // geen opmerking /* ook niet */',
  '= Kop\n- lijst\n+ nummer\n/ term: uitleg',
  '</script>{page}{pages}{{}}',
  '漢字 🙂 👩‍👩‍👧 עברית العربية \u202Eomgekeerd \u0000\u0007 \ud800',
].join('\n');

// The first report starts the thread that makes them.
describe('the receipt as a PDF', { timeout: 30_000 }, () => {
  it('says that it is accessible: tagged, PDF/UA-1, with a title, a language and bookmarks', async () => {
    const { document, text } = await open(await pdfOf({}));
    const { info, metadata } = await document.getMetadata();
    expect(info).toMatchObject({ Language: 'nl', Title: 'Ontvangstbewijs zelfbeoordeling 2017-2018' });
    expect(metadata?.get('pdfuaid:part')).toBe('1');
    expect(await document.getMarkInfo()).toMatchObject({ Marked: true });
    const bookmarks = (await document.getOutline()).flatMap(({ title, items }) => [
      title,
      ...items.map((one) => one.title),
    ]);
    expect(bookmarks).toEqual(expect.arrayContaining([expect.stringContaining('Onderdeel I, Beleid en praktijk')]));
    expect(text).toContain('TR-2026-0117');
  });

  it('gives the staircase of every section that applies a text of its own', async () => {
    const { document } = await open(await pdfOf({}));
    const alternatives: string[] = [];
    for (let number = 1; number <= document.numPages; number++) {
      collectAlternatives(await (await document.getPage(number)).getStructTree(), alternatives);
    }
    expect(alternatives.filter((words) => words.startsWith('Trap met vijf treden: Score'))).toHaveLength(4);
  });

  it('holds everything that was signed, and the number to check it by', async () => {
    const { text } = await open(await pdfOf({}));
    const expected = [
      'Duinrand Verzekeringen',
      'S. van der Berg, Bestuursvoorzitter',
      '22 november 2026, 14:02',
      '2026-11-22T13:02:00.000Z',
      '1212 1212',
      'Ja, wij voldoen hier minimaal aan',
      'Zo doen wij het bij III.4.b.',
      'Geldt niet: Volmacht aan gevolmachtigd agenten – Nee',
      'Gemeten door Bureau Meetbaar',
      'Bewijs 1, Beleid: bladzijde 4',
      'cdcd cdcd',
    ];
    expect(expected.filter((part) => !text.includes(part))).toEqual([]);
    for (const { key } of framework.criteria) expect(text).toContain(key);
  });

  it('stands in English as well, with the norm in its own words', async () => {
    const { document, text } = await open(await pdfOf({ locale: 'en' }));
    expect((await document.getMetadata()).info).toMatchObject({ Language: 'en' });
    expect(text).toContain('Yes, we meet at least this');
    expect(text).toContain('De verzekeraar hanteert werkinstructies voor claimafhandeling');
  });

  it('has the same bytes for the same submission, and others for another', async () => {
    const [first, second, other] = [await pdfOf({}), await pdfOf({}), await pdfOf({ explanation: 'Anders.' })];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    expect(Buffer.from(first).equals(Buffer.from(other))).toBe(false);
  });

  it('sets what a person typed letter for letter: nothing of it is markup', async () => {
    const { text, document } = await open(await pdfOf({ explanation: hostile, name: hostile }));
    expect(text).toContain('#eval("1 + 1") #include "/etc/passwd" #import "trede.typ": *');
    expect(text).toContain('$x^2$ *vet* _schuin_ `code` <label> @ref ~ \\ \\u{1F600}');
    expect(text).toContain('</script>{page}{pages}{{}}');
    expect(text).toContain('[U+6F22 U+5B57]');
    expect(text).toContain('[U+202E]');
    expect(text).toContain('Dit document kan niet elk teken tonen.');
    expect((await document.getOutline()).map(({ title }) => title)).not.toContain('Kop');
  });

  it('takes the longest explanation, and a word without an end', async () => {
    const explanation = `${'x'.repeat(5000)} ${'漢'.repeat(500)}`.padEnd(10_000, ' woord');
    const { text } = await open(await pdfOf({ explanation, at: ['I.2.a', 'I.2.b'] }));
    expect(text.match(/x{10,}/g)?.join('').length).toBe(2 * 5000);
  });
});

describe('text that can be set', () => {
  const glyphs = (codePoint: number) => codePoint < 0x250;

  it('names what the typeface lacks, and says that it did', () => {
    expect(printable({ a: ['één 漢字!'] }, glyphs)).toEqual({ a: ['één [U+6F22 U+5B57]!'], replaced: true });
    expect(printable({ a: 'één', b: 3, c: null }, glyphs)).toEqual({ a: 'één', b: 3, c: null, replaced: false });
  });

  it('knows line ends of every kind, and drops what has no shape of its own', () => {
    expect(printable({ a: 'a\r\nb\rc\u2028d\te\uFE0F\u00AD' }, glyphs)).toMatchObject({
      a: 'a\nb\nc\nd e',
      replaced: false,
    });
  });

  it('reads from the font what it can show', () => {
    const font = createRequire(import.meta.url).resolve('@expo-google-fonts/source-sans-3/package.json');
    const has = glyphsOf(readFileSync(new URL('400Regular/SourceSans3_400Regular.ttf', pathToFileURL(font))));
    expect([...'Aé€ğΩЖ–'].filter((letter) => !has(letter.codePointAt(0) as number))).toEqual([]);
    expect(has(0x6f22)).toBe(false);
    expect(has(0x1f642)).toBe(false);
  });
});

/** `at`: the criteria that have the explanation; all of them where none is named. */
type Change = { explanation?: string; at?: readonly string[]; name?: string; locale?: 'nl' | 'en' };

async function pdfOf({ explanation, at, name = 'S. van der Berg', locale = 'nl' }: Change): Promise<Uint8Array> {
  const intake = { ownLossAdjusters: true, externalLossAdjusters: true, authorisedAgents: false };
  const applicable = framework.criteria.filter(({ appliesWhen }) => !appliesWhen.includes('authorisedAgents'));
  const outside = { 'V.2.a': { response: 'met' as const, measuredOn: '2026-03-01', source: 'Bureau Meetbaar' } };
  const answers = Object.fromEntries(
    applicable.map(({ key }) => [
      key,
      {
        response: 'met' as const,
        explanation: (at?.includes(key) !== false && explanation) || `Zo doen wij het bij ${key}.`,
        version: 1,
      },
    ]),
  );
  const snapshot: SubmissionSnapshot = {
    schema: 'trede-submission-1',
    reference: 'TR-2026-0117',
    number: 1,
    organisation: { name: 'Duinrand Verzekeringen', number: 'V-1001' },
    round: { name: '2017-2018', productScope: 'Motor', periodFrom: '2025-10-01', periodTo: '2026-09-30' },
    framework: { ref: framework.ref, sha256: 'ab'.repeat(32) },
    intake,
    answers,
    outside,
    evidence: [
      {
        id: 'a',
        kind: 'file',
        title: name === 'S. van der Berg' ? 'Beleid' : name,
        aboutPeriod: '2026',
        fileName: 'beleid.pdf',
        mediaType: 'application/pdf',
        sizeBytes: 1234,
        sha256: 'cd'.repeat(32),
        webAddress: null,
        seenOn: null,
        effectiveOn: null,
        addedAt: '2026-11-01T10:00:00.000Z',
        replacesId: null,
        version: 1,
      },
    ],
    evidenceLinks: [{ id: 'b', evidenceId: 'a', criterionKey: 'I.2.a', locator: 'bladzijde 4' }],
    declaration:
      'Ik verklaar namens Duinrand Verzekeringen dat deze zelfbeoordeling volledig en naar waarheid is ingevuld.',
    signatory: { name, function: 'Bestuursvoorzitter' },
    signedAt: '2026-11-22T13:02:00.000Z',
    auditHead: 'ef'.repeat(32),
  };
  const responses = Object.fromEntries(Object.entries(answers).map(([key, { response }]) => [key, response]));
  const score = scoreAssessment(framework, { intake, answers: responses, outside: { 'V.2.a': 'met' } });
  const receipt: Receipt = { snapshot, sha256: '12'.repeat(32), withdrawnAt: null, framework, score, locale };
  return (await receiptReport(receipt)).pdf;
}

async function open(pdf: Uint8Array) {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const document = await getDocument({ data: Uint8Array.from(pdf), verbosity: 0 }).promise;
  let text = '';
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    text += items.map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : '')).join('');
  }
  return { document, text: text.replace(/ +/g, ' ') };
}

type Node = { alt?: string; children?: unknown[] } | null;

function collectAlternatives(node: Node, found: string[]) {
  if (node?.alt) found.push(node.alt);
  for (const child of node?.children ?? []) collectAlternatives(child as Node, found);
}
