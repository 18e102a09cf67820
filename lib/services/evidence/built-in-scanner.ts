import type { Scanner } from './scanner.ts';

// The EICAR test file, in two halves so that a scanner does not take this source for one.
const signature = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''));

const overlap = signature.length - 1;

/**
 * Stands in for a real malware scanner in the demo and in tests, and says so by its name: it knows the EICAR test string
 * and nothing else.
 */
export const builtInScanner: Scanner = {
  name: 'built-in',
  async scan(parts) {
    let tail = Buffer.alloc(0);
    let found = false;
    for await (const part of parts) {
      const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
      // A match may begin in one part and end in the next: only that seam is copied.
      const seam = Buffer.concat([tail, bytes.subarray(0, overlap)]);
      found ||= bytes.includes(signature) || seam.includes(signature);
      tail = bytes.length >= overlap ? Buffer.from(bytes.subarray(-overlap)) : seam.subarray(-overlap);
    }
    return found ? 'refused' : 'clean';
  },
};
