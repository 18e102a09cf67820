import { looksLikeFormula } from '#lib/reports/table-cell.ts';
import type { OpenDataContent } from './open-data-content.ts';

/** The files that open data comes in, by the last part of their address. */
export const openDataFiles = ['figures.csv', 'figures.json', 'dictionary.csv', 'schema.json'] as const;
export type OpenDataFileName = (typeof openDataFiles)[number];

type Row = {
  column: string;
  type: string;
  nl: string;
  en: string;
  value: (content: OpenDataContent, at: number) => unknown;
};

/** The columns of the table, and what the dictionary says of each. */
const columns: readonly Row[] = [
  {
    column: 'round',
    type: 'text',
    nl: 'Naam van de ronde',
    en: 'Name of the round',
    value: ({ round }) => round.name,
  },
  {
    column: 'product_scope',
    type: 'text',
    nl: 'Product waarover de ronde gaat',
    en: 'Product that the round is about',
    value: ({ round }) => round.productScope,
  },
  {
    column: 'period_from',
    type: 'date',
    nl: 'Eerste dag van de onderzochte periode (jjjj-mm-dd)',
    en: 'First day of the period under review (yyyy-mm-dd)',
    value: ({ round }) => round.periodFrom,
  },
  {
    column: 'period_to',
    type: 'date',
    nl: 'Laatste dag van de onderzochte periode (jjjj-mm-dd)',
    en: 'Last day of the period under review (yyyy-mm-dd)',
    value: ({ round }) => round.periodTo,
  },
  {
    column: 'framework',
    type: 'text',
    nl: 'Normenkader met zijn uitgave',
    en: 'Norm framework with its edition',
    value: ({ framework }) => framework.ref,
  },
  {
    column: 'release',
    type: 'integer',
    nl: 'Nummer van het sectorbeeld; een sectorbeeld verandert niet meer',
    en: 'Number of the set of sector figures; a set never changes',
    value: ({ release }) => release.number,
  },
  {
    column: 'section',
    type: 'text',
    nl: 'Onderdeel van het normenkader; leeg bij het totaal',
    en: 'Section of the norm framework; empty for the total',
    value: ({ figures }, at) => figures[at]?.section,
  },
  {
    column: 'name_nl',
    type: 'text',
    nl: 'Naam van het onderdeel, Nederlands',
    en: 'Name of the section, Dutch',
    value: ({ figures }, at) => figures[at]?.name.nl,
  },
  {
    column: 'name_en',
    type: 'text',
    nl: 'Naam van het onderdeel, Engelse vertaling ter informatie',
    en: 'Name of the section, English courtesy translation',
    value: ({ figures }, at) => figures[at]?.name.en,
  },
  {
    column: 'mean',
    type: 'decimal',
    nl: 'Gemiddelde van de vastgestelde scores van de verzekeraars met die score, 1.0 tot en met 5.0, één keer afgerond (half naar boven). Leeg: te weinig verzekeraars, of een gemiddelde waaruit de score van één verzekeraar zou zijn af te leiden',
    en: 'Mean of the determined scores of the insurers that have this score, 1.0 to 5.0, rounded once (half up). Empty: too few insurers, or a mean from which the score of a single insurer could be worked out',
    value: ({ figures }, at) => figures[at]?.mean,
  },
  {
    column: 'insurers',
    type: 'integer',
    nl: 'Hoeveel verzekeraars die score hebben; leeg als het gemiddelde leeg is',
    en: 'How many insurers have this score; empty where the mean is',
    value: ({ figures }, at) => figures[at]?.insurers,
  },
  {
    column: 'computed_in_release',
    type: 'integer',
    nl: 'Sectorbeeld waarin dit cijfer is berekend; een later sectorbeeld neemt het over als anders de score van één verzekeraar is af te leiden',
    en: 'Release in which this figure was computed; a later one takes it over where otherwise the score of a single insurer could be worked out',
    value: ({ figures }, at) => figures[at]?.computedInRelease,
  },
];

/** The figures as a table: UTF-8, commas, lines that end in CR LF (RFC 4180). */
export function figuresCsv(content: OpenDataContent): string {
  const rows = content.figures.map((_, at) => columns.map(({ value }) => value(content, at) ?? ''));
  return csv([columns.map(({ column }) => column), ...rows]);
}

/** What each column of the table means. */
export function dictionaryCsv(): string {
  const head = ['column', 'type', 'meaning_nl', 'meaning_en'];
  return csv([head, ...columns.map(({ column, type, nl, en }) => [column, type, nl, en])]);
}

const text = { type: 'string' } as const;
const day = { type: 'string', format: 'date' } as const;
const bothLanguages = { type: 'object', required: ['nl', 'en'], properties: { nl: text, en: text } } as const;
const count = { type: 'integer', minimum: 1 } as const;

/** What the JSON holds (JSON Schema, 2020-12). */
export const openDataSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'trede-open-data-1',
  description:
    'Averages of a round, made public by the supervisor. / Gemiddelden van een ronde, openbaar gemaakt door de toezichthouder.',
  type: 'object',
  additionalProperties: false,
  required: ['schema', 'round', 'framework', 'release', 'scale', 'minimumInsurers', 'figures'],
  properties: {
    schema: { const: 'trede-open-data-1' },
    round: {
      type: 'object',
      required: ['name', 'productScope', 'periodFrom', 'periodTo'],
      properties: { name: text, productScope: text, periodFrom: day, periodTo: day },
    },
    framework: {
      type: 'object',
      required: ['ref', 'title', 'publisher'],
      properties: { ref: text, title: bothLanguages, subject: bothLanguages, publisher: text },
    },
    release: {
      type: 'object',
      required: ['id', 'number', 'madeAt'],
      properties: {
        id: { type: 'string', format: 'uuid' },
        number: count,
        madeAt: { type: 'string', format: 'date-time' },
      },
    },
    scale: { type: 'object', properties: { lowest: { const: 1 }, highest: { const: 5 } } },
    minimumInsurers: { type: 'integer', minimum: 5 },
    figures: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['section', 'name', 'mean', 'insurers', 'computedInRelease'],
        properties: {
          section: { type: ['string', 'null'], description: 'null: the total / het totaal' },
          name: bothLanguages,
          mean: { type: ['string', 'null'], pattern: '^[1-5]\\.[0-9]$', description: meaningOf('mean') },
          insurers: { type: ['integer', 'null'], minimum: 5, description: meaningOf('insurers') },
          computedInRelease: { type: ['integer', 'null'], minimum: 1, description: meaningOf('computed_in_release') },
        },
      },
    },
  },
};

function meaningOf(column: string) {
  const found = columns.find((row) => row.column === column);
  return found ? `${found.en} / ${found.nl}` : '';
}

const csv = (rows: readonly (readonly unknown[])[]) => `${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

/** What a spreadsheet would run as a formula gets an apostrophe before it. */
function cell(value: unknown): string {
  const plain = looksLikeFormula(String(value)) ? `'${value}` : String(value);
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
