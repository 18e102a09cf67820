import { inflateRawSync } from 'node:zlib';
import type { EvidenceExtension } from '#domain/evidence-types.ts';
import type { ContentFault } from './inspect-content.ts';

/** Reads the bytes from `start` up to and not including `end`. */
export type ReadRange = (start: number, end: number) => Promise<Uint8Array>;

type Entry = { name: string; flags: number; method: number; packed: number; unpacked: number; offset: number };

const maximumEntries = 10_000;
const maximumDirectory = 4 * 1024 ** 2;
const maximumUnpacked = 1024 ** 3;
const maximumManifest = 1024 ** 2;

/** What an Office file of each kind must hold, and the content type that names its main part. */
const openXml: Partial<Record<EvidenceExtension, { part: string; type: string }>> = {
  docx: { part: 'word/document.xml', type: 'wordprocessingml.document.main+xml' },
  xlsx: { part: 'xl/workbook.xml', type: 'spreadsheetml.sheet.main+xml' },
  pptx: { part: 'ppt/presentation.xml', type: 'presentationml.presentation.main+xml' },
};
const openDocument: Partial<Record<EvidenceExtension, string>> = {
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};
const macros =
  /(^|\/)(vbaproject\.bin|vbadata\.xml)$|^(basic|scripts)\/.|\.(docm|dotm|xlsm|xltm|xlam|pptm|potm|ppam)$/i;
const packed = /\.(zip|rar|7z|gz|tar|jar|exe|dll|com|scr|msi|js|vbs|ps1|bat|cmd|lnk|iso)$/i;

/**
 * Looks into a DOCX, XLSX, PPTX, ODT or ODS without unpacking it: the list of its parts and the one part that names its
 * kind. Macros, files that would run and archives inside it are refused, and what would unpack to more than 1 GB.
 */
export async function inspectOfficeFile(
  extension: EvidenceExtension,
  size: number,
  read: ReadRange,
): Promise<ContentFault | null> {
  const entries = await readDirectory(size, read);
  if (!entries) return 'type_differs';
  if (entries.some(({ flags }) => (flags & 1) !== 0)) return 'encrypted';
  if (entries.some(({ name }) => macros.test(name))) return 'macros';
  const total = entries.reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (total > maximumUnpacked || entries.length > maximumEntries) return 'unpacked_too_large';
  const fault = await inspectKind(extension, entries, read);
  if (fault) return fault;
  return entries.some(({ name }) => packed.test(name)) ? 'archive' : null;
}

async function inspectKind(
  extension: EvidenceExtension,
  entries: readonly Entry[],
  read: ReadRange,
): Promise<ContentFault | null> {
  const wanted = openXml[extension];
  if (wanted) {
    const types = await readEntry(entries, '[Content_Types].xml', read);
    if (types === null) return 'type_differs';
    if (/macroEnabled|vbaProject/i.test(types)) return 'macros';
    const named = entries.some(({ name }) => name === wanted.part) && types.includes(wanted.type);
    return named ? null : 'type_differs';
  }
  const mimetype = await readEntry(entries, 'mimetype', read);
  return mimetype?.trim() === openDocument[extension] ? null : 'type_differs';
}

/** The central directory of a zip; null when there is none, or it is of the 64-bit kind, which no such file needs. */
async function readDirectory(size: number, read: ReadRange): Promise<Entry[] | null> {
  const start = Math.max(0, size - 65_557);
  const end = Buffer.from(await read(start, size));
  const place = end.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (place < 0 || place + 22 > end.length) return null;
  const count = end.readUInt16LE(place + 10);
  const length = end.readUInt32LE(place + 12);
  const offset = end.readUInt32LE(place + 16);
  if (length > maximumDirectory || offset + length > start + place) return null;
  const bytes = Buffer.from(await read(offset, offset + length));
  const entries: Entry[] = [];
  for (let at = 0; at + 46 <= bytes.length && entries.length < count; ) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) return null;
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/'),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries.length === count && count > 0 ? entries : null;
}

/** The text of one small part; null when it is absent, too large, or does not unpack. */
async function readEntry(entries: readonly Entry[], name: string, read: ReadRange): Promise<string | null> {
  const entry = entries.find((candidate) => candidate.name === name);
  if (!entry || entry.packed > maximumManifest) return null;
  const head = Buffer.from(await read(entry.offset, entry.offset + 30));
  if (head.length < 30 || head.readUInt32LE(0) !== 0x04034b50) return null;
  const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  const bytes = Buffer.from(await read(start, start + entry.packed));
  if (entry.method === 0) return bytes.toString('utf8');
  if (entry.method !== 8) return null;
  try {
    return inflateRawSync(bytes, { maxOutputLength: maximumManifest }).toString('utf8');
  } catch {
    return null;
  }
}
