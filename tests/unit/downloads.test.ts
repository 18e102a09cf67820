import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeList } from '#components/dashboard/change-list.ts';
import { dashboardView } from '#components/dashboard/dashboard-view.ts';
import { outcomeDocument } from '#components/dashboard/outcome-document.ts';
import type { Response } from '#domain/answers.ts';
import { fromLowest, round1HalfUp } from '#domain/fraction.ts';
import type { Level } from '#domain/framework.ts';
import type { PublicationContent } from '#domain/snapshot.ts';
import { csvStream } from '#lib/reports/csv.ts';
import { outcomeReport, outcomeReports } from '#lib/reports/outcome-report.ts';
import { criterionRows, outcomeRows, outcomeSheets } from '#lib/reports/outcome-table.ts';
import { xlsxStream } from '#lib/reports/xlsx.ts';
import {
  publicationSchema,
  publicationSchemaPath,
  publicationSchemaText,
} from '#services/publications/publication-schema.ts';
import { compiled, norm, sketchDocument } from '../support/frameworks.ts';
import { type OutcomeCase, outcomeCase, outcomeIntake } from '../support/outcome-case.ts';
import { readPdf } from '../support/read-pdf.ts';
import { readSheets } from '../support/read-sheets.ts';

const sentAt = '2026-02-03T10:00:00.000Z';
const pieceOf = (title: string) => ({
  id: '00000000-0000-4000-8000-0000000000e2',
  title,
  fileName: `${title}.pdf`,
  webAddress: null,
  seenOn: null,
  sha256: 'ef'.repeat(32),
  locator: 'bladzijde 7',
});
const supplementOf = (key: string) => ({
  question: `Waar staat ${key}?`,
  text: `Dat staat bij ${key}.`,
  sentAt,
  evidence: [pieceOf(`Meting ${key}`)],
});
const response = fc.constantFrom<Response>('met', 'met', 'met', 'met', 'partly', 'not_met');
const drawn: fc.Arbitrary<OutcomeCase> = fc.record({
  intake: fc.record({
    ownLossAdjusters: fc.boolean(),
    externalLossAdjusters: fc.boolean(),
    authorisedAgents: fc.boolean(),
  }),
  answers: fc.record(Object.fromEntries(norm.criteria.map(({ key }) => [key, response]))),
  verdicts: fc
    .subarray(
      norm.criteria.map(({ key }) => key),
      { maxLength: 6 },
    )
    .map((keys) =>
      Object.fromEntries(
        keys.map((key) => [
          key,
          { response: 'partly' as const, ground: 'not_demonstrated' as const, reason: `Reden ${key}` },
        ]),
      ),
    ),
  levels: fc.record({ I: fc.constantFrom<Level>(2, 3, 4) }),
  sector: fc.constantFrom(null, { I: '16/5', II: '29/10', total: '33/10' }),
  supplements: fc
    .subarray(
      norm.criteria.map(({ key }) => key),
      { maxLength: 4 },
    )
    .map((keys) => Object.fromEntries(keys.map((key) => [key, [supplementOf(key)]]))),
  heardEvidence: fc
    .subarray(['I', 'II', 'V'])
    .map((keys) =>
      Object.fromEntries(keys.map((key) => [key, [{ version: 1, sentAt, evidence: [pieceOf(`Verslag ${key}`)] }]])),
    ),
});

const all = (given: Response) => Object.fromEntries(norm.criteria.map(({ key }) => [key, given]));
const worst: OutcomeCase = {
  intake: outcomeIntake,
  answers: all('met'),
  verdicts: Object.fromEntries(
    norm.criteria.map(({ key }) => [
      key,
      { response: 'partly' as const, ground: 'practice_differs' as const, reason: 'x '.repeat(400) },
    ]),
  ),
  levels: { I: 2, II: 2, III: 2, IV: 2, V: 2 },
  sector: { I: '16/5', total: '33/10' },
  before: { I: 3, II: 3, III: 4, IV: 1, V: 4 },
};

const long = (length: number) => 'Schadeverzekeringsmaatschappij zegt iets '.repeat(100).slice(0, length).trim();
const longestName = long(120);

const quoting = (counts: { conform: number; open: number }) => ({
  response: 'met' as const,
  ground: null,
  reason: '',
  claimCounts: { listSha256: 'ef'.repeat(32), listed: 812, drawn: 15, notConform: 2, undeterminable: 1, ...counts },
});

describe('an outcome in every medium', { timeout: 120_000 }, () => {
  it('says the same numbers on screen, in PDF, XLSX, CSV and JSON', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, fc.constantFrom<'nl' | 'en'>('nl', 'en'), async (given, locale) => {
        const { dashboard, text } = outcomeCase(given);
        const document = outcomeDocument({ dashboard }, locale);
        const view = dashboardView(dashboard, locale);
        const data = JSON.parse(text) as PublicationContent;
        const sheets = readSheets(await buffer(xlsxStream(outcomeSheets(document), locale)));
        const csv = (await buffer(csvStream(outcomeRows(document), ','))).toString('utf8');
        const { text: pdf } = await readPdf((await outcomeReport(document, 'complete')).pdf);
        const total = data.total ? round1HalfUp(fromLowest(data.total), locale) : '–';
        expect(view.total?.written ?? '–').toBe(total);
        expect(pdf).toContain(total);
        const [, ...scores] = sheets[0] ?? [];
        for (const [place, section] of data.sections.entries()) {
          expect(view.sections[place]).toMatchObject({
            own: section.own,
            computed: section.computed,
            level: section.level,
          });
          expect(scores[place]?.slice(2, 5)).toEqual(
            [section.own, section.computed, section.level].map((one) => one ?? null),
          );
          const words = document.sections[place];
          expect(letters(pdf)).toContain(letters(words?.words ?? ''));
          expect(pdf).toContain(
            [words?.key, section.own ?? '–', section.computed ?? '–', section.level ?? '–'].slice(1).join(' '),
          );
        }
        if (data.total) expect(scores[data.sections.length]?.[4]).toBe(Number(total.replace(',', '.')));
        const lines = csv.split('\r\n');
        expect(csv.startsWith('\uFEFF')).toBe(true);
        for (const [place, { key, answer, verdict }] of data.criteria.entries()) {
          const told = document.sections.flatMap(({ criteria }) => criteria)[place];
          expect(told).toMatchObject({ key, answer: answer?.response ?? null, verdict: verdict?.response ?? null });
          const row = sheets[1]?.[place + 1];
          expect([row?.[1], row?.[12] ?? '']).toEqual([key, verdict?.reason ?? '']);
          expect(lines[place + 1]).toContain(`;${key};`);
          if (verdict) expect(lines[place + 1]).toContain(verdict.reason);
        }
        const day = locale === 'nl' ? '3 februari 2026' : '3 February 2026';
        for (const { key, applies, supplements = [] } of data.criteria) {
          const row = sheets[1]?.find((cells) => cells[1] === key) ?? [];
          const shown = view.sections.flatMap(({ criteria }) => criteria).find((one) => one.key === key);
          expect(shown?.pieces?.filter(({ given }) => given).length).toBe(supplements.length);
          for (const { question, text, evidence } of supplements) {
            expect(row[21]).toContain(`${day}`);
            expect(row[21]).toContain(`${question}\n${text}`);
            expect(row[17]).toContain(`${evidence[0]?.title}: bladzijde 7 (${evidence[0]?.title}.pdf), `);
            expect(csv).toContain(text);
            if (applies) expect(letters(pdf)).toContain(letters(text));
            if (applies) expect(letters(pdf)).toContain(letters(`${evidence[0]?.title}.pdf, `));
          }
        }
        for (const [place, { heardEvidence = [] }] of data.sections.entries()) {
          expect(view.sections[place]?.heard.map(({ title }) => title)).toEqual(
            heardEvidence.flatMap(({ evidence }) => evidence.map(({ title }) => title)),
          );
          for (const { title } of heardEvidence.flatMap(({ evidence }) => evidence)) {
            expect(scores[place]?.[12]).toMatch(new RegExp(`^${title}: bladzijde 7 .*${day}$`));
            expect(csv).toContain(`${title}: bladzijde 7`);
            expect(letters(pdf)).toContain(letters(`${title}, bladzijde 7`));
          }
        }
      }),
      { numRuns: 6 },
    );
  });

  it('tells what changed in the norm, criterion by criterion, on screen, in PDF, XLSX and CSV', async () => {
    const spare = ['A.2.b', 'A.3.a', 'A.4.a', 'B.3.a', 'B.4.a'];
    const keys = fc.subarray(spare);
    await fc.assert(
      fc.asyncProperty(keys, keys, keys, fc.boolean(), fc.boolean(), async (then, now, other, gone, equal) => {
        const edition = (name: string, kept: readonly string[], reworded: readonly string[], whole: boolean) => {
          const of = (section: string) =>
            [`${section}.2.a`, ...kept.filter((key) => key.startsWith(section)), `${section}.5.a`].map((key) =>
              reworded.includes(key) ? { key, text: { nl: `Vroeger: ${key}`, en: '' } } : key,
            );
          const equalTo = equal && name === '2' ? { equalTo: ['sketch@1'] } : {};
          const a = { criteria: of('A'), ...equalTo };
          const document = sketchDocument(whole ? { A: a, B: { criteria: of('B') } } : { A: a });
          return compiled({ ...document, edition: name });
        };
        const framework = edition('2', now, [], !gone);
        const beforeUnder = edition('1', then, other, true);
        const answers = Object.fromEntries(framework.criteria.map(({ key }) => [key, 'met' as const]));
        const { dashboard } = outcomeCase({ intake: {}, answers, before: { A: 3, B: 2 }, beforeUnder }, framework);
        const document = outcomeDocument({ dashboard }, 'nl');
        const shown = changeList(dashboard.earlier, framework.ref).flatMap(({ sections }) =>
          sections.flatMap(({ section, comparable, criteria }) =>
            criteria.map(({ kind, key }) => {
              const standing = comparable ? 'toch vergelijkbaar verklaard' : 'niet vergelijkbaar';
              const change = { added: 'nieuw', removed: 'vervallen', changed: 'anders geformuleerd' }[kind];
              return { section, key, change, standing };
            }),
          ),
        );
        const sheets = outcomeSheets(document);
        const told = readSheets(await buffer(xlsxStream(sheets, 'nl')));
        const place = sheets.findIndex(({ name }) => name === 'Veranderd in de norm');
        expect(place === -1 ? [] : told[place]?.slice(1).map((row) => row.slice(0, 6))).toEqual(
          shown.map(({ section, key, change, standing }) => [
            'Normenkader 1',
            section,
            key,
            `kort ${key}`,
            change,
            standing,
          ]),
        );
        const [head = [], ...rows] = outcomeRows(document);
        expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([head.length]));
        expect(rows.filter((row) => row.at(-1) !== null).map((row) => [row[0], row[1], row.at(-1)])).toEqual(
          expect.arrayContaining(
            shown.map(({ section, key, change, standing }) => [section, key, `Normenkader 1: ${change}, ${standing}`]),
          ),
        );
        expect(rows.filter((row) => row.at(-1) !== null)).toHaveLength(shown.length);
        const { text } = await readPdf((await outcomeReport(document, 'complete')).pdf);
        for (const { section, key, change, standing } of shown)
          expect(letters(text)).toContain(letters(`Onderdeel ${section}, ${standing}: ${change} ${key} kort ${key}`));
      }),
      { numRuns: 8 },
    );
  });

  it.each(outcomeReports)('is an accessible PDF: %s', async (report) => {
    for (const locale of ['nl', 'en'] as const) {
      const { dashboard } = outcomeCase(worst);
      const document = outcomeDocument({ dashboard }, locale);
      const [one, again] = [(await outcomeReport(document, report)).pdf, (await outcomeReport(document, report)).pdf];
      expect(Buffer.from(one).equals(Buffer.from(again))).toBe(true);
      const read = await readPdf(one);
      expect(read.info).toMatchObject({ Language: locale });
      expect(read.info.Title).toContain('Duinrand Verzekeringen');
      expect(read.universal).toBe('1');
      expect(read.marked).toBe(true);
      expect(read.bookmarks.length).toBeGreaterThan(2);
      const stairs = locale === 'nl' ? 'Trap met vijf treden: Score' : 'Staircase of five steps: Score';
      expect(read.alternatives.filter((words) => words.startsWith(stairs)).length).toBeGreaterThanOrEqual(5);
      if (report === 'board') expect(read.pages).toBe(2);
      if (report === 'own') expect(read.pages).toBe(1);
      if (report === 'own') expect(read.text).not.toContain('I.2.a');
    }
  });

  it.each(['nl', 'en'] as const)(
    'is two pages for a board, with the longest texts there can be: %s',
    async (locale) => {
      const { dashboard } = outcomeCase({
        ...worst,
        organisationName: longestName,
        profile: Object.fromEntries(
          Object.keys(outcomeIntake).map((key) => [
            key,
            { value: true, ground: 'not_demonstrated', reason: long(4_000) },
          ]),
        ),
        intake: { ownLossAdjusters: false, externalLossAdjusters: false, authorisedAgents: false },
        verdicts: Object.fromEntries(
          norm.criteria.map(({ key }) => [
            key,
            { response: 'partly', ground: 'explained_differently', reason: long(4_000) },
          ]),
        ),
        levels: { I: 3, II: 3, III: 3, IV: 3, V: 3 },
      });
      const { content, earlier, shown } = dashboard;
      const round = { ...content.round, name: long(80), productScope: long(200) };
      const sections = content.sections.map((section) => ({
        ...section,
        reason: section.key === 'II' ? 'x'.repeat(4_000) : long(4_000),
        ...(section.key === 'V' && {
          carried: { level: 3, roundName: long(80), publicationId: '', reason: long(4_000) },
        }),
      })) as typeof content.sections;
      const before = Array.from({ length: 5 }, (_, place) => ({ ...earlier[0], name: `${place} ${long(78)}` }));
      const document = outcomeDocument(
        {
          dashboard: {
            ...dashboard,
            content: { ...content, round, sections },
            earlier: before as typeof earlier,
            shown: { ...shown, underRevision: true },
          },
        },
        locale,
      );
      const { pdf } = await outcomeReport(document, 'board');
      const read = await readPdf(pdf);
      expect(read.pages).toBe(2);
      for (const { key } of content.sections) expect(read.text).toContain(`${key} `);
      expect((await readPdf((await outcomeReport(document, 'own')).pdf)).pages).toBe(1);
    },
  );

  it('runs nothing that somebody typed as a formula', async () => {
    for (const explanation of ['=1+1', '+31', '-2', '@SUM(A1)', '\t=1', ' =1', '＝1+1']) {
      const { dashboard } = outcomeCase({ intake: outcomeIntake, answers: all('met'), explanation });
      const document = outcomeDocument({ dashboard }, 'nl');
      const csv = (await buffer(csvStream(outcomeRows(document), ','))).toString('utf8');
      expect(csv).toContain(`;'${explanation.trim()}`.replace("''", "'"));
      const bytes = await buffer(xlsxStream(outcomeSheets(document), 'nl'));
      expect(readSheets(bytes)[1]?.[1]?.[7]).toBe(explanation.trim());
      expect(readSheets.raw(bytes, 1)).toMatch(/s="3" t="inlineStr"><is><t xml:space="preserve">[^<]*[=+\-@＝]/);
    }
  });

  it.each([
    [
      'nl',
      'Uit de lijst van 812 dossiers zijn er 15 getrokken: 12 conform, 2 niet conform, 1 niet vast te stellen.',
      ', 3 niet bekeken.',
    ],
    [
      'en',
      'From the list of 812 claim files, 15 were drawn: 12 conforming, 2 not conforming, 1 cannot be established.',
      ', 3 not looked at.',
    ],
  ] as const)(
    'tells the counts of claim files beside the verdict, and nowhere else (%s)',
    async (locale, said, rest) => {
      const { dashboard, text } = outcomeCase({
        intake: outcomeIntake,
        answers: all('met'),
        verdicts: { 'I.3.c': quoting({ conform: 12, open: 0 }), 'I.4.c': quoting({ conform: 9, open: 3 }) },
      });
      expect(publicationSchema.safeParse(JSON.parse(text)).error).toBeUndefined();
      const document = outcomeDocument({ dashboard }, locale);
      const told = document.sections.flatMap(({ criteria }) => criteria).filter(({ claimWords }) => claimWords !== '');
      expect(told.map(({ key }) => key)).toEqual(['I.3.c', 'I.4.c']);
      expect(told[0]?.claimWords).toBe(said);
      expect(told[1]?.claimWords).toContain(rest);
      const sheets = readSheets(await buffer(xlsxStream(outcomeSheets(document), locale)));
      expect(sheets[1]?.find((cells) => cells[1] === 'I.3.c')?.[22]).toBe(said);
      expect((await buffer(csvStream(outcomeRows(document), ','))).toString('utf8')).toContain(said);
      const { text: pdf } = await readPdf((await outcomeReport(document, 'complete')).pdf);
      expect(letters(pdf)).toContain(letters(said));
    },
  );

  it('is data that its published schema describes', () => {
    const { text } = outcomeCase({ ...worst, supplements: { 'I.2.a': [supplementOf('I.2.a')] }, heardEvidence: {} });
    expect(publicationSchema.safeParse(JSON.parse(outcomeCase(worst).text)).error).toBeUndefined();
    expect(publicationSchema.safeParse(JSON.parse(text)).error).toBeUndefined();
    const published = readFileSync(new URL(`../../public${publicationSchemaPath}`, import.meta.url), 'utf8');
    expect(published).toBe(publicationSchemaText());
  });

  it('streams 100,000 answers with little memory', async () => {
    const { dashboard } = outcomeCase(worst);
    const document = outcomeDocument({ dashboard }, 'nl');
    function* many() {
      for (let number = 0; number < Math.ceil(100_000 / 44); number++) yield document;
    }
    const before = process.memoryUsage().rss;
    let [peak, bytes] = [before, 0];
    const sheet = { name: 'Criteria', widths: [10], rows: criterionRows(many()) };
    for await (const chunk of xlsxStream([sheet], 'nl')) {
      bytes += (chunk as Buffer).length;
      peak = Math.max(peak, process.memoryUsage().rss);
    }
    expect(bytes).toBeGreaterThan(1_000_000);
    expect(peak - before).toBeLessThan(100 * 1024 ** 2);
  });
});

/** Where a line breaks in a PDF, a program cannot tell a hyphen from a divided word. */
const letters = (text: string) => text.replace(/[\s-]/g, '');
