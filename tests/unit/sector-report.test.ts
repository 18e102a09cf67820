import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeChange, writeMean } from '#components/sector/sector-view.ts';
import {
  commonestOf,
  extremesOf,
  mostMissedOf,
  type SectorCriterionView,
  type SectorFigureView,
} from '#domain/sector.ts';
import { sectorSentences } from '#lib/i18n/sector-sentences.ts';
import { type SectorSource, sectorData, sectorReport } from '#lib/reports/sector-report.ts';
import { sectorSheets } from '#lib/reports/sector-table.ts';
import { xlsxStream } from '#lib/reports/xlsx.ts';
import { frameworkTexts } from '#services/publications/framework-texts.ts';
import { norm } from '../support/frameworks.ts';
import { readPdf } from '../support/read-pdf.ts';
import { readSheets } from '../support/read-sheets.ts';

const texts = frameworkTexts(norm);
const keys = [...texts.sections.map(({ key }) => key), 'total'];
const count = fc.integer({ min: 0, max: 60 });
const mean = fc.integer({ min: 12, max: 60 }).map((sum) => `${sum}/12`);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 3 });
const many = fc.integer({ min: 10, max: 60 });

const figure = (key: string): fc.Arbitrary<SectorFigureView> =>
  fc.record({
    key: fc.constant(key),
    mean: maybe(mean),
    insurers: maybe(many),
    spread: maybe(fc.double({ min: 0, max: 2, noNaN: true })),
    levels: key === 'total' ? fc.constant(null) : maybe(fc.array(count, { minLength: 5, maxLength: 5 })),
    computedIn: maybe(fc.constant(1)),
    before: maybe(mean),
    normChanged: fc.constant(false),
    claims: maybe(fc.record({ own: mean, insurers: many, lower: count, equal: count, higher: count })),
  });
const criterion = (key: string): fc.Arbitrary<SectorCriterionView> =>
  fc.record({
    key: fc.constant(key),
    counts: maybe(
      fc.record({
        insurers: many,
        met: count,
        partly: count,
        notMet: count,
        claimedMet: count,
        changed: count,
        missing: count,
      }),
    ),
  });
const drawn: fc.Arbitrary<SectorSource> = fc.record({
  round: fc.constant({ name: '2026', productScope: 'Schade', periodFrom: '2026-01-01', periodTo: '2026-12-31' }),
  framework: fc.constant(norm.ref),
  shown: fc.constant({ number: 2, madeAt: '2026-11-20T10:00:00.000Z' }),
  texts: fc.constant(texts),
  minimumForMean: fc.constant(5),
  minimumForSpread: fc.constant(10),
  figures: fc.tuple(...keys.map(figure)),
  criteria: fc.tuple(...norm.criteria.map(({ key }) => criterion(key))),
  missed: fc.constant(['I.2.a', 'II.3.b']),
  before: fc.constantFrom(null, { name: '2024' }),
  locale: fc.constantFrom<'nl' | 'en'>('nl', 'en'),
});

/** What the pictures say to who cannot see them. */
const pictureWords = {
  nl: {
    mean: (mean: string) => `gemiddelde ${mean} op een schaal van 1 tot en met 5`,
    levels: (levels: readonly number[]) => `aantal verzekeraars per score van 1 tot en met 5: ${levels.join(', ')}`,
    missed: (count: number, of: number) => `houdt ${count} van ${of} verzekeraars tegen`,
  },
  en: {
    mean: (mean: string) => `mean ${mean} on a scale of 1 to 5`,
    levels: (levels: readonly number[]) => `number of insurers per score from 1 to 5: ${levels.join(', ')}`,
    missed: (count: number, of: number) => `holds back ${count} of ${of} insurers`,
  },
};
const nameOf = ({ locale }: SectorSource, key: string) => {
  const section = texts.sections.find((one) => one.key === key);
  return section ? `${key} ${section.title[locale]}` : { nl: 'Totaal', en: 'Total' }[locale];
};

const sheetsOf = async (source: SectorSource) =>
  readSheets(await buffer(xlsxStream(sectorSheets(source), source.locale)));

describe('the sector report', { timeout: 60_000 }, () => {
  it('says the same figures on screen, in its PDF and in its workbook', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (source) => {
        const { locale, before } = source;
        const { text, alternatives } = await readPdf((await sectorReport(source)).pdf);
        const words = pictureWords[locale];
        const pictures: string[] = [];
        const [figures = [], criteria = []] = await sheetsOf(source);
        const asNumber = (written: string | null) =>
          written === null ? null : Number(written.replace(',', '.').replace('\u2212', '-'));
        for (const [place, one] of source.figures.entries()) {
          const row = figures[place + 1] ?? [];
          if (one.mean) {
            const shown = writeMean(one.mean, locale);
            expect(row[2]).toBe(asNumber(shown));
            expect(text).toContain(`${shown}${one.computedIn === null ? '' : ' ('}`);
            const last = before && one.before && `, in ${before.name} ${writeMean(one.before, locale)}`;
            pictures.push(`${nameOf(source, one.key)}: ${words.mean(shown)}${last ?? ''}.`);
          } else expect(row[2]).toEqual(expect.stringMatching(/te weinig|too few/i));
          expect(row[3]).toBe(one.insurers);
          expect(row[6]).toBe(asNumber(writeChange(one, locale)));
          expect(row.filter((cell) => typeof cell === 'number' && !Number.isFinite(cell))).toEqual([]);
          const change = writeChange(one, locale);
          if (before && change)
            expect(text).toContain(/^0[.,]0$/.test(change) ? /[a-z]+, was/.exec(text)?.[0] : change);
          expect(row.slice(8, 13)).toEqual(one.levels ?? [null, null, null, null, null]);
          if (one.levels) expect(text).toContain(one.levels.join(' '));
          if (one.levels) expect(alternatives).toContain(`${nameOf(source, one.key)}: ${words.levels(one.levels)}.`);
          expect(row[13]).toBe(one.claims ? asNumber(writeMean(one.claims.own, locale)) : null);
          const claims = one.claims && [one.claims.lower, one.claims.equal, one.claims.higher];
          expect(row.slice(15, 18)).toEqual(claims ?? [null, null, null]);
          if (claims) expect(text).toContain(claims.join(' '));
        }
        for (const [place, { key, counts }] of source.criteria.entries()) {
          const row = criteria[place + 1] ?? [];
          expect(row[1]).toBe(key);
          if (!counts) continue;
          const { insurers, claimedMet, met, partly, notMet, changed, missing } = counts;
          const listed = [insurers, claimedMet, met, partly, notMet, changed, missing];
          expect(row.slice(3, 10)).toEqual(listed);
          expect(text).toContain(listed.join(' '));
          if (source.missed.includes(key)) pictures.push(`${key}: ${words.missed(missing, insurers)}.`);
        }
        for (const picture of pictures) expect(alternatives).toContain(picture);
        const told = source.figures.filter(({ levels }) => levels).length;
        expect(alternatives.length).toBe(pictures.length + told);
        for (const sentence of Object.values(sectorSentences(source, locale))) expect(text).toContain(sentence);
      }),
      { numRuns: 4 },
    );
  });

  it('calls equal what reads the same, and lets a change add up with the figures beside it', async () => {
    const of = (mean: string, before: string) => ({ mean, before }) as SectorFigureView;
    // 3,44 and 3,36 both read 3,4; 3,34 reads 3,3 and 3,48 reads 3,5.
    expect(writeChange(of('86/25', '84/25'), 'nl')).toBe('0,0');
    expect(writeChange(of('87/25', '167/50'), 'nl')).toBe('+0,2');
    expect(writeChange(of('167/50', '87/25'), 'nl')).toBe('\u22120,2');
    const [source] = fc.sample(drawn, { numRuns: 1, seed: 7 });
    if (!source) throw new Error('nothing drawn');
    const figures = source.figures.map((one) => ({ ...one, mean: '86/25', before: '84/25' }));
    const report = { ...source, figures, before: { name: '2024' }, locale: 'nl' } as const;
    const { text } = await readPdf((await sectorReport(report)).pdf);
    expect(text).toContain('gelijk, was 3,4');
    expect(text).not.toContain('0,0, was');
  });

  it('names every section that shares the highest or the lowest score as written, and none by chance', () => {
    const extremes = (means: Record<string, string | null>) =>
      extremesOf(Object.entries(means).map(([key, mean]) => ({ key, mean })));
    expect(extremes({ I: '86/25', II: '84/25', III: '3', IV: null, total: '5' })).toEqual({
      high: ['I', 'II'],
      low: ['III'],
    });
    expect(extremes({ I: '86/25', II: '84/25' })).toEqual({ high: ['I', 'II'], low: [] });
    expect(extremes({ I: '3', II: null })).toBeNull();
  });

  it('has for each picture what its sentence tells', () => {
    expect(commonestOf([1, 4, 2, 4, 0])).toEqual([2, 4]);
    expect(commonestOf([0, 0, 0, 0, 0])).toEqual([]);
    const counted = (key: string, missing: number) =>
      ({ key, counts: { missing, insurers: 12 } }) as SectorCriterionView;
    const criteria = [counted('I.2.a', 4), counted('I.2.b', 7), counted('I.2.c', 7)];
    expect(mostMissedOf(['I.2.b', 'I.2.c', 'I.2.a'], criteria)).toEqual({
      keys: ['I.2.b', 'I.2.c'],
      count: 7,
      insurers: 12,
    });
    expect(mostMissedOf(['I.2.a'], [{ key: 'I.2.a', counts: null }])).toBeNull();
  });

  it('marks a determined mean beside the claims that comes from another release, or is withheld', () => {
    const [source] = fc.sample(drawn, { numRuns: 1, seed: 7 });
    if (!source) throw new Error('nothing drawn');
    const claims = { own: '4', insurers: 12, lower: 3, equal: 8, higher: 1 };
    const determined = [
      { mean: '86/25', computedIn: 1 },
      { mean: '86/25', computedIn: null },
      { mean: null, computedIn: null },
    ];
    const figures = source.figures.slice(0, 3).map((one, place) => ({ ...one, claims, ...determined[place] }));
    const told = sectorData({ ...source, figures, locale: 'nl' }).claims as { rows: string[][] };
    expect(told.rows.map((row) => row[2])).toEqual(['3,4 (uit sectorbeeld 1)', '3,4', 'te weinig verzekeraars']);
  });

  it('runs no name of a round as a formula, and gives equal bytes for equal figures', async () => {
    const [source] = fc.sample(drawn, { numRuns: 1, seed: 7 });
    if (!source) throw new Error('nothing drawn');
    const hostile = { ...source, round: { ...source.round, name: '=HYPERLINK("http://x")', productScope: '@SUM(A1)' } };
    const bytes = await buffer(xlsxStream(sectorSheets(hostile), 'nl'));
    expect(
      readSheets(bytes)[2]
        ?.slice(1, 3)
        .map(([, value]) => value),
    ).toEqual(['=HYPERLINK("http://x")', '@SUM(A1)']);
    expect(readSheets.raw(bytes, 2)).toMatch(/s="3" t="inlineStr"><is><t xml:space="preserve">=HYPERLINK/);
    expect(readSheets.raw(bytes, 2)).not.toContain('<f>');
    expect((await buffer(xlsxStream(sectorSheets(hostile), 'nl'))).equals(bytes)).toBe(true);
    const pdf = (await sectorReport(source)).pdf;
    expect(Buffer.from((await sectorReport(source)).pdf).equals(pdf)).toBe(true);
    const read = await readPdf(pdf);
    expect([read.universal, read.marked, read.info.Language]).toEqual(['1', true, source.locale]);
    expect(read.bookmarks.length).toBeGreaterThan(5);
  });
});
