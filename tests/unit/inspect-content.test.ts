import { describe, expect, it } from 'vitest';
import { demoPdf } from '#db/seed/demo-file.ts';
import { evidenceTypeOf } from '#domain/evidence-types.ts';
import { inspectContent } from '#services/evidence/inspect-content.ts';
import { plainFileName } from '#services/evidence/plain-file-name.ts';
import { hostileFiles } from '../support/hostile-files.ts';
import {
  makeDocx,
  makeJpeg,
  makeMessage,
  makeOpenDocument,
  makePdf,
  makePng,
  makePptx,
  makeXlsx,
  makeZip,
} from '../support/made-files.ts';

function inspect(fileName: string, content: Uint8Array | string) {
  const bytes = Buffer.from(content);
  const extension = evidenceTypeOf(fileName)?.extension;
  if (!extension) throw new Error(`${fileName} is of no kind on the list`);
  const read = async (start: number, end: number) => bytes.subarray(start, end);
  return inspectContent({ extension, size: bytes.length, hasNul: bytes.includes(0), read });
}

const chart = { 'word/embeddings/Microsoft_Excel_Sheet.xlsx': makeXlsx({ 'xl/worksheets/sheet1.xml': '<x/>' }) };
const link =
  '<Relationships><Relationship Type="x/hyperlink" Target="https://a.example" TargetMode="External"/></Relationships>';
const ownTemplate =
  '<Relationships><Relationship Type="x/attachedTemplate" Target="file:///C:/Normal.dotm" TargetMode="External"/></Relationships>';
const equation = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('Equation Native', 'utf16le')]);
const large = Buffer.alloc(3_000_000, '<w:p>Een alinea.</w:p>');

describe('a harmless file is taken', () => {
  const files: [string, string, Uint8Array | string][] = [
    ['PDF', 'a.pdf', makePdf()],
    ['PDF of the demo', 'a.pdf', demoPdf('Beleid')],
    [
      'PDF with bytes of an archive in its middle',
      'a.pdf',
      Buffer.concat([makePdf('PK\u0005\u0006 PK\u0003\u0004'), Buffer.alloc(100, ' ')]),
    ],
    ['Word', 'a.docx', makeDocx()],
    ['Word with a chart', 'a.docx', makeDocx(chart)],
    [
      'Word with links and the template of its writer',
      'a.docx',
      makeDocx({ 'word/_rels/a.rels': link, 'word/_rels/settings.xml.rels': ownTemplate }),
    ],
    ['Word with an old equation', 'a.docx', makeDocx({ 'word/embeddings/oleObject1.bin': equation })],
    ['Word with a picture', 'a.docx', makeDocx({ 'word/media/image1.png': makePng() })],
    ['Word with much text', 'a.docx', makeDocx({ 'word/large.xml': large })],
    ['Word with a part named in another script', 'a.docx', makeDocx({ 'word/média/図1.png': makePng() })],
    ['Excel', 'a.xlsx', makeXlsx()],
    ['PowerPoint', 'a.pptx', makePptx()],
    ['OpenDocument text', 'a.odt', makeOpenDocument('text', { 'content.xml': '<a><office:scripts/></a>' })],
    ['OpenDocument spreadsheet', 'a.ods', makeOpenDocument('spreadsheet')],
    ['PNG', 'a.png', makePng()],
    ['JPEG', 'a.jpeg', makeJpeg()],
    ['JPEG by its short name', 'a.JPG', makeJpeg()],
    ['CSV', 'a.csv', 'dossier;uitkomst\n1;conform\n'],
    ['CSV with a mark in front', 'a.csv', '\uFEFFdossier;uitkomst\n'],
    ['CSV with formulas', 'a.csv', '=1+1;@x;-3\n'],
    ['text', 'a.txt', 'Een verslag, met ë en €.'],
    ['text in an old encoding', 'a.txt', Buffer.from('Een verslag, met ë.', 'latin1')],
    ['text about pages', 'a.txt', 'Op de site staat <html> in de bron.'],
    ['a message', 'a.eml', makeMessage()],
    ['a message with a PDF', 'a.eml', makeMessage([{ name: 'a.pdf', bytes: makePdf() }])],
    ['a message with a Word file', 'a.eml', makeMessage([{ name: 'a.docx', bytes: makeDocx() }])],
    ['a plain message', 'a.eml', 'From: a@b.example\nSubject: Verslag\n\nZie -- \nhet zip-bestand naam=x.zip\n'],
  ];
  it.each(files)('%s', async (_kind, fileName, bytes) => {
    expect(await inspect(fileName, bytes)).toBeNull();
  });
});

describe('a hostile file is refused', () => {
  it.each(hostileFiles)('%s', async (_why, fileName, bytes, code) => {
    expect(await inspect(fileName, bytes)).toBe(code);
  });

  it('for its kind, when that is not on the list', () => {
    for (const name of [
      'a.zip',
      'a.exe',
      'a.xlsm',
      'a.docm',
      'a.html',
      'a.svg',
      'a.doc',
      'a.pdf.exe',
      'pdf',
      '.pdf',
      'a.',
    ]) {
      expect(evidenceTypeOf(name), name).toBeUndefined();
    }
  });

  it('however it is cut off, without ever failing', async () => {
    const whole = makeDocx(chart);
    for (let length = 1; length < whole.length; length += 7) {
      expect(await inspect('a.docx', whole.subarray(0, length)), `${length} bytes`).not.toBeNull();
    }
  });

  it('whatever byte of its frame is changed, without ever failing', async () => {
    const whole = makeZip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' });
    for (let at = 0; at < whole.length; at += 1) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      await expect(inspect('a.odt', changed), `byte ${at}`).resolves.toSatisfy(
        (code: unknown) => code === null || typeof code === 'string',
      );
    }
  });
});

describe('the name of a file', () => {
  it.each([
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['C:\\Users\\x\\Verslag.pdf', 'Verslag.pdf'],
    ['rap\u202Efdp.pdf', 'rapfdp.pdf'],
    ['a\u0000b\n.pdf', 'ab.pdf'],
    ['Cafe\u0301.pdf', 'Café.pdf'],
    ['報告書 📎 تقرير.pdf', '報告書 📎 تقرير.pdf'],
    [`"Rapport" 'A' & <B>.pdf`, `"Rapport" 'A' & <B>.pdf`],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(196)}.pdf`],
    [`${'x'.repeat(195)}📎📎.pdf`, `${'x'.repeat(195)}.pdf`],
    ['..', '..'],
  ])('%j is kept as text', (given, kept) => {
    expect(plainFileName(given)).toBe(kept);
  });
});
