import { type Fraction, fromLowest, round1HalfUp } from '#domain/fraction.ts';
import { changeOfMean, type SectorFigureView } from '#domain/sector.ts';
import { formatDay } from '#lib/i18n/dates.ts';
import { messages } from '#lib/i18n/messages.ts';
import { fill } from './fill.ts';
import { type SectorSource, sectorFileName } from './sector-report.ts';
import type { Cell, Row } from './table-cell.ts';
import type { Sheet } from './xlsx.ts';

export const sectorSheetsName = (source: SectorSource) => sectorFileName(source, 'sheetName');

/** The three sheets of the report on one release: a row a section, a row a criterion, and what the file is. */
export function sectorSheets(source: SectorSource): Sheet[] {
  const t = messages[source.locale].sector;
  return [
    {
      name: t.sheets.figures,
      widths: [11, 44, 12, 12, 12, 14, 14, 14, ...levels.map(() => 9), 12, 14, 14, 9, 14],
      rows: figureRows(source),
    },
    { name: t.sheets.criteria, widths: [11, 11, 44, ...counted.map(() => 14), 12], rows: criterionRows(source) },
    { name: t.sheets.about, widths: [26, 90], rows: aboutRows(source) },
  ];
}

const levels = [1, 2, 3, 4, 5];
const counted = ['insurers', 'claimedMet', 'met', 'partly', 'notMet', 'changed', 'missing'] as const;

function* figureRows(source: SectorSource): Generator<Row> {
  const { texts, figures, locale, before } = source;
  const { sheets: t, figures: words, claims, levels: steps } = messages[locale].sector;
  yield [
    words.section,
    t.name,
    words.mean,
    words.insurers,
    words.spread,
    before ? `${t.before} (${before.name})` : t.before,
    t.change,
    t.takenFrom,
    ...levels.map((level) => fill(steps.level, { level })),
    claims.own,
    t.claimsOf,
    claims.lower,
    claims.equal,
    claims.higher,
  ];
  for (const figure of figures) {
    const section = texts.sections.find(({ key }) => key === figure.key);
    const claim = figure.claims;
    yield [
      section ? figure.key : null,
      section ? section.title[locale] : words.total,
      figure.mean === null ? messages[locale].sector.tooFew : written(figure.mean),
      figure.insurers,
      figure.spread === null ? null : Number(halfUp.format(figure.spread)),
      figure.normChanged ? words.normChanged : figure.before && written(figure.before),
      changeOf(figure),
      figure.computedIn,
      ...levels.map((level) => figure.levels?.[level - 1] ?? null),
      ...(claim
        ? [written(claim.own), claim.insurers, claim.lower, claim.equal, claim.higher]
        : [null, null, null, null, null]),
    ];
  }
}

function* criterionRows({ texts, criteria, missed, locale }: SectorSource): Generator<Row> {
  const { sheets: t, figures: words, criteria: heads, tooFew } = messages[locale].sector;
  yield [words.section, heads.criterion, t.name, ...counted.map((name) => heads[name]), t.rank];
  for (const { key, sectionKey, short } of texts.criteria) {
    const counts = criteria.find((one) => one.key === key)?.counts;
    const place = missed.indexOf(key);
    const cells: Cell[] = counts ? counted.map((name) => counts[name]) : [tooFew, ...counted.slice(1).map(() => null)];
    yield [sectionKey, key, short[locale], ...cells, place < 0 ? null : place + 1];
  }
}

function* aboutRows({ round, shown, framework, locale, ...source }: SectorSource): Generator<Row> {
  const { sheets: t, file } = messages[locale].sector;
  yield [t.about, null];
  yield [t.round, round.name];
  yield [t.product, round.productScope];
  yield [t.period, `${formatDay(round.periodFrom, locale)} – ${formatDay(round.periodTo, locale)}`];
  yield [t.release, shown.number];
  yield [t.madeOn, formatDay(new Date(shown.madeAt), locale)];
  yield [t.framework, framework];
  yield [t.minimum, fill(t.minimumMean, { minimum: source.minimumForMean })];
  yield [null, fill(t.minimumSpread, { minimum: source.minimumForSpread })];
  yield [t.for, file.onlyFor];
}

/** A score as it is written, as a number: a spreadsheet shows what screen and PDF say. */
const written = (exact: string) => asNumber(fromLowest(exact));
/** As page and PDF write it: `toFixed` takes a half, which it cannot hold exactly, the other way. */
const halfUp = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
/** The sign of a negative figure on screen is a minus, which no program reads as one. */
const asNumber = (value: Fraction) => Number(round1HalfUp(value, 'en').replace('\u2212', '-'));

function changeOf(figure: SectorFigureView): number | null {
  const change = changeOfMean(figure);
  return change === null ? null : asNumber(change);
}
