import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
import { norm } from '../support/frameworks.ts';
import { type OutcomeCase, outcomeCase, outcomeIntake } from '../support/outcome-case.ts';
import { readPdf } from '../support/read-pdf.ts';
import { readSheets } from '../support/read-sheets.ts';

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
      }),
      { numRuns: 6 },
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

  it('is data that its published schema describes', () => {
    const { text } = outcomeCase(worst);
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
