import { inflateRawSync } from 'node:zlib';

/** Every file of an archive by its name, read by the archive's directory. */
export function unzip(zip: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = zip.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28));
    const begin = zip.readUInt32LE(at + 42);
    const start = begin + 30 + zip.readUInt16LE(begin + 26) + zip.readUInt16LE(begin + 28);
    const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    found.set(name, zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes));
  }
  return found;
}
