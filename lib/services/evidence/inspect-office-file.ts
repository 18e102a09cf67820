import type { EvidenceExtension } from '#domain/evidence-types.ts';
import type { ContentFault } from './content-fault.ts';
import { type ReadRange, readZip, unpack, type ZipPart } from './read-zip.ts';

type OfficeExtension = Extract<EvidenceExtension, 'docx' | 'xlsx' | 'pptx' | 'odt' | 'ods'>;

/** What an Office file of each kind must hold, and the content type that names its main part. */
const openXml: Partial<Record<OfficeExtension, { part: string; type: string }>> = {
  docx: { part: 'word/document.xml', type: 'wordprocessingml.document.main+xml' },
  xlsx: { part: 'xl/workbook.xml', type: 'spreadsheetml.sheet.main+xml' },
  pptx: { part: 'ppt/presentation.xml', type: 'presentationml.presentation.main+xml' },
};
const openDocument: Partial<Record<OfficeExtension, string>> = {
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};
export const officeExtensions = ['docx', 'xlsx', 'pptx', 'odt', 'ods'] as const;

const macroParts =
  /(^|\/)(vbaproject\.bin|vbadata\.xml)$|^(basic|scripts)\/.|^xl\/macrosheets\/|\.(docm|dotm|dot|xlsm|xltm|xlam|xlm|xll|pptm|potm|ppam|ppsm)$/i;
export const runs =
  /\.(zip|rar|7z|gz|tgz|bz2|xz|tar|cab|jar|exe|dll|com|scr|pif|msi|js|jse|vbs|vbe|wsf|hta|ps1|bat|cmd|lnk|iso|img|vhd|chm|reg|html?|svg)$/i;
const maximumText = 1024 ** 2;
const maximumNested = 32 * 1024 ** 2;
const deepest = 1;

/**
 * Looks into a DOCX, XLSX, PPTX, ODT or ODS: what it is, and every part of it, unpacked piece by piece within the bounds
 * that its directory sets. Macros of any kind are refused, and programs, scripts, archives and packages inside. A
 * document inside a document (the numbers behind a chart) is looked into as well, one deep.
 */
export async function inspectOfficeFile(
  extension: OfficeExtension,
  size: number,
  read: ReadRange,
  depth = 0,
): Promise<ContentFault | null> {
  const parts = await readZip(size, read);
  if (parts === null) return (await isEncryptedPackage(size, read)) ? 'encrypted' : 'type_differs';
  if (typeof parts === 'string') return parts;
  if (parts.some(({ encrypted }) => encrypted)) return 'encrypted';
  if (parts.some(({ name }) => macroParts.test(name))) return 'macros';
  const kind = await inspectKind(extension, parts, read);
  if (kind) return kind;
  if (parts.some(({ name }) => runs.test(name))) return 'archive';
  for (const part of parts) {
    const fault = await inspectPart(part, read, depth);
    if (fault) return fault;
  }
  return null;
}

async function inspectKind(extension: OfficeExtension, parts: readonly ZipPart[], read: ReadRange) {
  const wanted = openXml[extension];
  if (!wanted) {
    const mimetype = await readText(parts, 'mimetype', read);
    if (mimetype?.trim() !== openDocument[extension]) return 'type_differs';
    const manifest = await readText(parts, 'META-INF/manifest.xml', read);
    return /encryption-data/i.test(manifest ?? '') ? 'encrypted' : null;
  }
  const types = await readText(parts, '[Content_Types].xml', read);
  if (types === null) return 'type_differs';
  if (/macroEnabled|vbaProject|macrosheet/i.test(types)) return 'macros';
  const named = parts.some(({ name }) => name === wanted.part) && types.includes(wanted.type);
  return named ? null : 'type_differs';
}

/** Signs of what is hidden in a part, whatever its name says. Names inside a compound file are UTF-16. */
const wide = (text: string) => Buffer.from(text, 'utf16le');
const vbaNames = [wide('_VBA_PROJECT'), wide('VBA'), wide('Macros')];
const packageName = wide('Ole10Native');
const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const scripted = /<script:event-listener|<office:script[\s>]/i;
const remoteTemplate =
  /attachedTemplate["'][^>]*TargetMode=["']External|TargetMode=["']External["'][^>]*attachedTemplate/i;
const archives = ['504b0304', '526172211a', '377abcaf271c', '1f8b08', '4d5a', '7f454c46', '4d534346'].map((hex) =>
  Buffer.from(hex, 'hex'),
);

async function inspectPart(part: ZipPart, read: ReadRange, depth: number): Promise<ContentFault | null> {
  const nested = officeExtensions.find((one) => part.name.toLowerCase().endsWith(`.${one}`));
  const kept: Buffer[] = [];
  let found: ContentFault | null = null;
  let isCompound = false;
  const xml = /\.(xml|rels)$/i.test(part.name);
  const fault = await unpack(part, read, (piece, seam) => {
    const first = seam === 0;
    if (first) isCompound = piece.subarray(0, 8).equals(compound);
    if (nested) kept.push(piece.subarray(seam));
    else if (first && archives.some((sign) => piece.subarray(0, sign.length).equals(sign))) found ??= 'archive';
    if (isCompound && vbaNames.some((name) => piece.includes(name))) found ??= 'macros';
    if (isCompound && piece.includes(packageName)) found ??= 'archive';
    if (xml && scripted.test(piece.toString('latin1'))) found ??= 'macros';
    if (/\.rels$/i.test(part.name) && loadsTemplate(piece.toString('utf8'))) found ??= 'macros';
  });
  if (found || fault) return found ?? fault;
  if (!nested) return null;
  if (depth >= deepest || part.unpacked > maximumNested) return 'archive';
  const bytes = Buffer.concat(kept);
  return inspectOfficeFile(nested, bytes.length, async (start, end) => bytes.subarray(start, end), depth + 1);
}

/** A template that is fetched from elsewhere brings its macros along; one on the writer's own disk does not travel. */
function loadsTemplate(relations: string): boolean {
  const found = relations.match(/<Relationship\b[^>]*>/gi) ?? [];
  return found.some((one) => remoteTemplate.test(one) && /Target=["'](https?:|\\\\|ftp:|file:\/\/[^/])/i.test(one));
}

/** A protected Office file is no zip, but a compound file that holds one in cipher. */
async function isEncryptedPackage(size: number, read: ReadRange): Promise<boolean> {
  if (!Buffer.from(await read(0, 8)).equals(compound)) return false;
  const name = wide('EncryptedPackage');
  for (let at = 0; at < size; at += maximumText) {
    const piece = Buffer.from(await read(Math.max(0, at - name.length), at + maximumText));
    if (piece.includes(name)) return true;
  }
  return false;
}

/** The text of one small part; null when it is absent, too large, or does not unpack. */
async function readText(parts: readonly ZipPart[], name: string, read: ReadRange): Promise<string | null> {
  const part = parts.find((candidate) => candidate.name === name);
  if (!part || part.unpacked > maximumText) return null;
  const pieces: Buffer[] = [];
  const fault = await unpack(part, read, (piece, seam) => pieces.push(piece.subarray(seam)));
  return fault ? null : Buffer.concat(pieces).toString('utf8');
}
