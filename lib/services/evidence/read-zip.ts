import { createInflateRaw } from 'node:zlib';

/** Reads the bytes from `start` up to and not including `end`. */
export type ReadRange = (start: number, end: number) => Promise<Uint8Array>;

/** One part of a zip as its directory lists it; `start` is where its packed bytes begin. */
export type ZipPart = {
  name: string;
  encrypted: boolean;
  method: number;
  packed: number;
  unpacked: number;
  start: number;
};

/** Why a zip is not read any further. */
export type ZipFault = 'malformed' | 'unpacked_too_large';

const maximumParts = 5_000;
const maximumDirectory = 4 * 1024 ** 2;
const maximumUnpacked = 1024 ** 3;
const step = 256 * 1024;
const overlap = 256;

/**
 * The parts of a zip, when it is one that every program reads the same way: it begins with its first part and ends with
 * its directory, parts neither overlap nor share a name, and both places that name a part agree. What a program would
 * read elsewhere than we did is how something is hidden.
 * @param mostUnpacked in bytes, of all parts together
 * @returns null when it is no zip at all
 */
export async function readZip(
  size: number,
  read: ReadRange,
  mostUnpacked = maximumUnpacked,
): Promise<readonly ZipPart[] | ZipFault | null> {
  const tail = Math.max(0, size - 65_557);
  const end = Buffer.from(await read(tail, size));
  const place = end.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (place < 0 || place + 22 > end.length) return null;
  const [count, length, offset] = [
    end.readUInt16LE(place + 10),
    end.readUInt32LE(place + 12),
    end.readUInt32LE(place + 16),
  ];
  if (place + 22 + end.readUInt16LE(place + 20) !== end.length) return 'malformed';
  if (count > maximumParts || length > maximumDirectory) return 'unpacked_too_large';
  if (count === 0 || offset + length !== tail + place) return 'malformed';
  const listed = readDirectory(Buffer.from(await read(offset, offset + length)), count);
  if (!listed) return 'malformed';
  if (listed.reduce((sum, { unpacked }) => sum + unpacked, 0) > mostUnpacked) return 'unpacked_too_large';
  return placeParts(listed, offset, read);
}

/** Whether a program that looks for the directory of a zip at the end finds one, wherever that zip begins. */
export async function endsAsZip(size: number, read: ReadRange): Promise<boolean> {
  const tail = Math.max(0, size - 65_557);
  const end = Buffer.from(await read(tail, size));
  for (let place = end.length; place > 0; place -= 1) {
    place = end.lastIndexOf('PK\x05\x06', place - 1, 'latin1');
    if (place < 0) return false;
    if (place + 22 > end.length) continue;
    const directory = tail + place - end.readUInt32LE(place + 12);
    if (directory < 0 || directory === tail + place) continue;
    if (Buffer.from(await read(directory, directory + 4)).toString('latin1') === 'PK\x01\x02') return true;
  }
  return false;
}

type Listed = Omit<ZipPart, 'start'> & { at: number };

function readDirectory(bytes: Buffer, count: number): Listed[] | null {
  const listed: Listed[] = [];
  for (let at = 0; at + 46 <= bytes.length; ) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) return null;
    const nameLength = bytes.readUInt16LE(at + 28);
    listed.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      encrypted: (bytes.readUInt16LE(at + 8) & 1) !== 0,
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  const names = new Set(listed.map(({ name }) => name.toLowerCase()));
  return listed.length === count && names.size === count && !listed.some(({ name }) => leadsElsewhere(name))
    ? listed
    : null;
}

const leadsElsewhere = (name: string) => /[\\\0]|^\/|^[a-z]:|(^|\/)\.\.?(\/|$)/i.test(name) || name === '';

async function placeParts(listed: readonly Listed[], directory: number, read: ReadRange) {
  const parts: ZipPart[] = [];
  let free = 0;
  for (const { at, ...part } of listed.toSorted((one, other) => one.at - other.at)) {
    const head = Buffer.from(await read(at, at + 30 + Buffer.byteLength(part.name)));
    if (head.length < 30 || head.readUInt32LE(0) !== 0x04034b50 || at < free || (free === 0 && at !== 0))
      return 'malformed';
    if (head.toString('utf8', 30) !== part.name || head.readUInt16LE(26) !== Buffer.byteLength(part.name))
      return 'malformed';
    if (head.readUInt16LE(8) !== part.method) return 'malformed';
    const start = at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
    free = start + part.packed;
    if (free > directory) return 'malformed';
    parts.push({ ...part, start });
  }
  return parts;
}

/**
 * Unpacks one part piece by piece, and never more of it than its directory says.
 * @param look is given each piece; its first `seam` bytes are the last ones of the piece before it, 0 for the first piece
 */
export async function unpack(
  part: ZipPart,
  read: ReadRange,
  look: (piece: Buffer, seam: number) => void,
): Promise<ZipFault | null> {
  let total = 0;
  let seam = Buffer.alloc(0);
  const take = (bytes: Uint8Array) => {
    total += bytes.length;
    if (total > part.unpacked) throw new TooMuch();
    const piece = Buffer.concat([seam, bytes]);
    look(piece, seam.length);
    seam = piece.subarray(-overlap);
  };
  try {
    if (part.method === 0) for await (const bytes of packedBytes(part, read)) take(bytes);
    else if (part.method === 8) await inflate(part, read, take);
    else return 'malformed';
  } catch (error) {
    return error instanceof TooMuch ? 'unpacked_too_large' : 'malformed';
  }
  return total === part.unpacked ? null : 'malformed';
}

class TooMuch extends Error {}

async function inflate(part: ZipPart, read: ReadRange, take: (bytes: Uint8Array) => void) {
  const inflater = createInflateRaw({ chunkSize: step });
  const feeding = (async () => {
    for await (const bytes of packedBytes(part, read)) {
      if (inflater.destroyed) return;
      if (!inflater.write(bytes))
        await new Promise((resolve) => inflater.once('drain', resolve).once('close', resolve));
    }
    inflater.end();
  })();
  try {
    for await (const bytes of inflater) take(bytes);
  } finally {
    inflater.destroy();
    await feeding;
  }
}

/** The bytes of a part as they lie there. */
export async function* packedBytes({ start, packed }: ZipPart, read: ReadRange) {
  for (let at = start; at < start + packed; at += step) yield await read(at, Math.min(at + step, start + packed));
}
