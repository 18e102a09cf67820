import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { type Cell, looksLikeFormula, type Row } from './table-cell.ts';

/** One sheet: its first row is the head. `widths` are in characters. */
export type Sheet = { name: string; widths: readonly number[]; rows: Iterable<Row> };

/** Cell styles, by their place in `styles`: plain, head, text that is kept as text, wrapped text, wrapped and kept. */
const style = { head: 1, wrapped: 2, kept: 3 } as const;
/** Whatever the time zone: a zip counts in local time, and equal input is to give equal bytes. */
const begin = new Date(1980, 0, 1);
const entry = { mtime: begin, mode: 0o100644, forceDosTimestamp: true } as const;

/**
 * Writes a workbook while its rows are read: no more of it is in memory than a piece. Every text is an inline string, which
 * no program computes; one that looks like a formula is marked as text, so that editing or copying it runs nothing either.
 */
export function xlsxStream(sheets: readonly Sheet[], language: string): Readable {
  const zip = new ZipFile();
  const add = (name: string, text: string) => zip.addBuffer(Buffer.from(text), name, entry);
  add('[Content_Types].xml', contentTypes(sheets.length));
  add('_rels/.rels', relations(['officeDocument', 'xl/workbook.xml']));
  add('xl/workbook.xml', workbook(sheets));
  add(
    'xl/_rels/workbook.xml.rels',
    relations(...sheets.map((_, at) => ['worksheet', `worksheets/sheet${at + 1}.xml`] as const), [
      'styles',
      'styles.xml',
    ]),
  );
  add('xl/styles.xml', styles);
  add('docProps/core.xml', core(language));
  for (const [at, sheet] of sheets.entries()) {
    zip.addReadStream(Readable.from(sheetXml(sheet)), `xl/worksheets/sheet${at + 1}.xml`, entry);
  }
  zip.end();
  return zip.outputStream as Readable;
}

const piece = 64 * 1024;
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';

function* sheetXml({ widths, rows }: Sheet) {
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`);
  let text = `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`;
  let number = 0;
  for (const row of rows) {
    number += 1;
    text += `<row r="${number}">${row.map((cell, at) => cellXml(cell, `${columnName(at)}${number}`, number === 1)).join('')}</row>`;
    if (text.length < piece) continue;
    yield Buffer.from(text);
    text = '';
  }
  const range = `A1:${columnName(widths.length - 1)}${Math.max(1, number)}`;
  yield Buffer.from(`${text}</sheetData><autoFilter ref="${range}"/></worksheet>`);
}

function cellXml(cell: Cell, at: string, isHead: boolean): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  const look = isHead ? style.head : looksLikeFormula(cell) ? style.kept : style.wrapped;
  return `<c r="${at}" s="${look}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
}

/** What XML cannot hold is written as the sign for "something stood here". */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}

function columnName(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : columnName(Math.floor(at / 26) - 1) + letter;
}

function contentTypes(sheets: number): string {
  const part = (name: string, type: string) =>
    `<Override PartName="${name}" ContentType="application/vnd.${type}+xml"/>`;
  const listed = Array.from({ length: sheets }, (_, at) =>
    part(`/xl/worksheets/sheet${at + 1}.xml`, 'openxmlformats-officedocument.spreadsheetml.worksheet'),
  );
  return `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('/xl/workbook.xml', 'openxmlformats-officedocument.spreadsheetml.sheet.main')}${part('/xl/styles.xml', 'openxmlformats-officedocument.spreadsheetml.styles')}${part('/docProps/core.xml', 'openxmlformats-package.core-properties')}${listed.join('')}</Types>`;
}

function relations(...targets: readonly (readonly [type: string, target: string])[]): string {
  const listed = targets.map(
    ([type, target], at) => `<Relationship Id="r${at + 1}" Type="${office}/${type}" Target="${target}"/>`,
  );
  return `${head}<Relationships xmlns="${packaged}/relationships">${listed.join('')}</Relationships>`;
}

function workbook(sheets: readonly Sheet[]): string {
  const listed = sheets.map(
    ({ name }, at) => `<sheet name="${escaped(name).slice(0, 31)}" sheetId="${at + 1}" r:id="r${at + 1}"/>`,
  );
  return `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${listed.join('')}</sheets></workbook>`;
}

const core = (language: string) =>
  `${head}<cp:coreProperties xmlns:cp="${packaged}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Trede</dc:creator><dc:language>${language}</dc:language></cp:coreProperties>`;

const top = '<alignment vertical="top" wrapText="1"/>';
const styles = `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf applyAlignment="1"><alignment vertical="top"/></xf><xf fontId="1" applyFont="1" applyAlignment="1">${top}</xf><xf applyAlignment="1">${top}</xf><xf quotePrefix="1" applyAlignment="1">${top}</xf></cellXfs></styleSheet>`;
