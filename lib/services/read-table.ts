import { CsvError, parse } from 'csv-parse/sync';

/** A column that a table must have, by the headers that name it (compared without case, spaces and accents). */
export type Columns<Name extends string> = Readonly<Record<Name, readonly string[]>>;

/** What is wrong with a table as a whole; `line` counts from 1, the header line included. */
export type TableFault =
  | { code: 'empty' | 'too_long' }
  | { code: 'not_a_table'; line: number }
  | { code: 'column_missing' | 'column_unknown' | 'column_twice'; columns: readonly string[] };

/** `fits`: the line has as many cells as the header; one that has not is kept only where that was asked. */
type TableRow<Name extends string> = Readonly<Record<Name, string>> & { line: number; fits: boolean };

export type Table<Name extends string> =
  | { ok: true; rows: readonly TableRow<Name>[] }
  | { ok: false; fault: TableFault };

/**
 * Reads CSV as office programs write it: with or without a byte-order mark, separated by semicolon, comma or tab, either
 * kind of line end. The first line names the columns, in any order; every one that is asked has to be there, and no
 * other may be: what was not asked for may not be sent along.
 * @param mostRows beside the header
 * @param keepMisfits lines with more or fewer cells than the header are given as such, instead of ending the reading
 */
export function readTable<Name extends string>(
  text: string,
  columns: Columns<Name>,
  mostRows: number,
  keepMisfits = false,
): Table<Name> {
  let records: string[][];
  let lines: number[];
  try {
    const parsed = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: keepMisfits,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    records = parsed.map(({ record }) => record);
    lines = parsed.map(({ info }) => info.lines);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { ok: false, fault: { code: 'not_a_table', line: Number(error.lines ?? 1) } };
  }
  const [header, ...body] = records;
  if (!header || body.length === 0) return { ok: false, fault: { code: 'empty' } };
  if (body.length > mostRows) return { ok: false, fault: { code: 'too_long' } };
  const names = Object.keys(columns) as Name[];
  const found = header.map((title) =>
    names.find((name) => columns[name].some((known) => plain(known) === plain(title))),
  );
  const fault = headerFault(header, found, names, columns);
  if (fault) return { ok: false, fault };
  const rows = body.map((record, index) => ({
    ...(Object.fromEntries(found.map((name, place) => [name, (record[place] ?? '').normalize('NFC')])) as Record<
      Name,
      string
    >),
    line: lines[index + 1] as number,
    fits: record.length === header.length,
  }));
  return { ok: true, rows };
}

function headerFault<Name extends string>(
  header: readonly string[],
  found: readonly (Name | undefined)[],
  names: readonly Name[],
  columns: Columns<Name>,
): TableFault | null {
  const unknown = header.filter((_, place) => found[place] === undefined);
  if (unknown.length > 0) return { code: 'column_unknown', columns: unknown.map((title) => title.slice(0, 60)) };
  const missing = names.filter((name) => !found.includes(name));
  if (missing.length > 0) return { code: 'column_missing', columns: missing.map((name) => columns[name][0] ?? name) };
  const twice = header.filter((_, place) => found.indexOf(found[place]) !== place);
  return twice.length > 0 ? { code: 'column_twice', columns: twice } : null;
}

/** The separator that the header line holds most often; a semicolon where there is none. */
function delimiterOf(text: string): string {
  const header = text.split(/\r?\n/, 1)[0] ?? '';
  const count = (sign: string) => header.split(sign).length;
  return [';', ',', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function plain(title: string): string {
  return title
    .normalize('NFD')
    .replace(/\p{M}|[\s_-]/gu, '')
    .toLowerCase();
}

/** A day as `YYYY-MM-DD` or as Dutch programs write it, `D-M-YYYY` or `D/M/YYYY`; null when it is neither, or no day. */
export function dayFrom(text: string): string | null {
  const iso = text.match(/^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/);
  const dutch = text.match(/^(?<day>\d{1,2})[-/](?<month>\d{1,2})[-/](?<year>\d{4})$/);
  const { year, month = '', day = '' } = (iso ?? dutch)?.groups ?? {};
  if (!year) return null;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(written) ? written : null;
}
