import { unzip } from './unzip.ts';

type Value = string | number | null;

/** The cells of every sheet of a workbook, as a spreadsheet program shows them. */
export function readSheets(xlsx: Buffer): Value[][][] {
  const sheets: Value[][][] = [];
  for (let number = 1; ; number++) {
    const xml = part(xlsx, `xl/worksheets/sheet${number}.xml`);
    if (xml === null) return sheets;
    sheets.push([...xml.matchAll(/<row r="\d+">(.*?)<\/row>/gs)].map(([, row]) => cells(row ?? '')));
  }
}

/** The XML of one sheet, counted from 0. */
readSheets.raw = (xlsx: Buffer, sheet: number) => part(xlsx, `xl/worksheets/sheet${sheet + 1}.xml`) ?? '';

function cells(row: string): Value[] {
  const found: Value[] = [];
  for (const [, letters = '', attributes = '', inner = ''] of row.matchAll(/<c r="([A-Z]+)\d+"([^>]*)>(.*?)<\/c>/gs)) {
    const at = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    while (found.length < at) found.push(null);
    found.push(
      attributes.includes('inlineStr')
        ? plain(inner.replace(/<\/?(is|t)[^>]*>/g, ''))
        : Number(inner.replace(/<\/?v>/g, '')),
    );
  }
  while (found.length < 19) found.push(null);
  return found;
}

const plain = (xml: string) =>
  xml
    .replaceAll('&#13;', '\r')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

function part(zip: Buffer, name: string): string | null {
  return unzip(zip).get(name)?.toString('utf8') ?? null;
}
