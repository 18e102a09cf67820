import { Readable } from 'node:stream';
import { looksLikeFormula, type Row } from './table-cell.ts';

/**
 * Writes rows as CSV while they are read: UTF-8 with a byte-order mark, semicolons and CRLF, as a Dutch Excel opens it
 * with a double click. A text that would be run as a formula stands behind an apostrophe.
 */
export function csvStream(rows: Iterable<Row>, decimal: ',' | '.'): Readable {
  return Readable.from(chunks(rows, decimal));
}

const piece = 64 * 1024;

function* chunks(rows: Iterable<Row>, decimal: ',' | '.') {
  let text = '\uFEFF';
  for (const row of rows) {
    text += `${row.map((cell) => written(cell, decimal)).join(';')}\r\n`;
    if (text.length < piece) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

function written(cell: Row[number], decimal: ',' | '.'): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell).replace('.', decimal);
  const defused = looksLikeFormula(cell) ? `'${cell}` : cell;
  return /[";\r\n,\t]|^\s|\s$/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}
