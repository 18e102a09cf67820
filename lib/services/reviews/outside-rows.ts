import { z } from 'zod';
import type { Framework } from '#domain/framework.ts';
import { applyTransition } from '#domain/workflow.ts';
import type { LockedAssessment } from '#services/assessments/assessment-facts.ts';
import { dayFrom, readTable, type TableFault } from '#services/read-table.ts';

/** What a table of outside results says, by the headers that name it; the first one stands in the template. */
export const outsideColumns = {
  organisationNumber: ['Nummer verzekeraar', 'Nummer', 'organisation number'],
  criterionKey: ['Criterium', 'criterion', 'criterion key'],
  response: ['Uitkomst', 'result', 'response'],
  measuredOn: ['Meetdatum', 'measuring date', 'measured on'],
  source: ['Bron', 'source'],
} as const;
export type OutsideField = keyof typeof outsideColumns;

export const mostOutsideRows = 20_000;

/** One line of a table, as it was written but for the day, which is `YYYY-MM-DD` where it can be read as one. */
export type OutsideRow = Readonly<Record<OutsideField, string>> & { line: number; fits: boolean };

export type OutsideProblemCode =
  | 'cells'
  | 'unknown_organisation'
  | 'unknown_criterion'
  | 'response'
  | 'date'
  | 'source'
  | 'duplicate'
  | 'wrong_state';

/** What is wrong, and on which lines; `line` where it is about the line as a whole. `value` is what stands there. */
export type OutsideProblem = {
  field: OutsideField | 'line';
  code: OutsideProblemCode;
  value: string;
  lines: readonly number[];
};

export type OutsideTable = { ok: true; rows: readonly OutsideRow[] } | { ok: false; fault: TableFault };

/** Reads a table of outside results, without the lines of a template that nobody filled in. `outsideProblems` judges it. */
export function readOutsideTable(text: string): OutsideTable {
  const table = readTable(text, outsideColumns, mostOutsideRows, true);
  if (!table.ok) return table;
  const rows = table.rows.filter(
    ({ fits, response, measuredOn, source }) => !fits || response + measuredOn + source !== '',
  );
  if (rows.length === 0) return { ok: false, fault: { code: 'empty' } };
  return {
    ok: true,
    rows: rows.map((row) => ({
      ...row,
      organisationNumber: row.organisationNumber.replace(/^'(?=[=+@-])/, ''),
      measuredOn: dayFrom(row.measuredOn) ?? row.measuredOn,
    })),
  };
}

/** A table to fill in: a line for each insurer and criterion. What a spreadsheet would read as a formula is defused. */
export function outsideTemplate(numbers: readonly string[], criterionKeys: readonly string[]): string {
  const header = Object.values(outsideColumns).map(([title]) => title);
  const lines = numbers.flatMap((number) => criterionKeys.map((key) => [defused(number), key, '', '', '']));
  return `\u{feff}${[header, ...lines].map((cells) => cells.map(quoted).join(';')).join('\r\n')}\r\n`;
}

const defused = (cell: string) => (/^[=+@-]/.test(cell) ? `'${cell}` : cell);
const quoted = (cell: string) => (/[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const words: Readonly<Record<string, 'met' | 'not_met'>> = {
  met: 'met',
  voldoet: 'met',
  ja: 'met',
  not_met: 'not_met',
  'not met': 'not_met',
  'voldoet niet': 'not_met',
  nee: 'not_met',
};

/** What an outside assessor said; null for every other word, "deels" among them: it does not say that. */
export const outsideResponse = (word: string): 'met' | 'not_met' | null => words[word.toLowerCase()] ?? null;

/** What the lines are checked against; `decided`: cases whose outside results are settled. */
type Known = {
  cases: ReadonlyMap<string, LockedAssessment>;
  decided: ReadonlySet<string>;
  framework: Framework;
  today: string;
};

/** Everything that is wrong with these lines, equal faults together, in the order of their first lines. */
export function outsideProblems(rows: readonly OutsideRow[], known: Known): OutsideProblem[] {
  const seen = new Set<string>();
  const found = new Map<string, Omit<OutsideProblem, 'lines'> & { lines: number[] }>();
  for (const row of rows) {
    for (const problem of problemsOf(row, known, seen)) {
      const key = JSON.stringify(problem);
      const same = found.get(key);
      if (same) same.lines.push(row.line);
      else found.set(key, { ...problem, lines: [row.line] });
    }
  }
  return [...found.values()];
}

function problemsOf(row: OutsideRow, { cases, decided, framework, today }: Known, seen: Set<string>) {
  if (!row.fits) return [{ field: 'line', code: 'cells', value: '' } as const];
  const ofCase = cases.get(row.organisationNumber);
  const criterion = framework.criterion(row.criterionKey);
  const cell = `${row.organisationNumber} ${row.criterionKey}`;
  const guards = { outcome_not_sent: ofCase !== undefined && !decided.has(ofCase.id) };
  const isSettled = ofCase && !applyTransition({ verb: 'import_outside', state: ofCase.state, guards }).ok;
  const fails: readonly (readonly [OutsideField | 'line', OutsideProblemCode, boolean])[] = [
    ['organisationNumber', 'unknown_organisation', !ofCase],
    ['organisationNumber', 'wrong_state', isSettled === true],
    ['criterionKey', 'unknown_criterion', !(criterion && framework.section(criterion.sectionKey)?.outsideAssessor)],
    ['response', 'response', outsideResponse(row.response) === null],
    ['measuredOn', 'date', !(z.iso.date().safeParse(row.measuredOn).success && row.measuredOn <= today)],
    ['source', 'source', row.source === '' || row.source.length > 300],
    ['line', 'duplicate', seen.has(cell)],
  ];
  seen.add(cell);
  return fails.flatMap(([field, code, isWrong]) =>
    isWrong ? [{ field, code, value: (field === 'line' ? cell : row[field]).slice(0, 80) }] : [],
  );
}
