import { inflateRawSync } from 'node:zlib';

/** Every file of an archive by its name, read by the archive's directory. */
export function unzip(zip: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  // A file in it may be an archive too: its directory begins where the end of this one says.
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  for (let at = zip.readUInt32LE(end + 16); at < end; ) {
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28));
    const begin = zip.readUInt32LE(at + 42);
    const start = begin + 30 + zip.readUInt16LE(begin + 26) + zip.readUInt16LE(begin + 28);
    const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    found.set(name, zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes));
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return found;
}
