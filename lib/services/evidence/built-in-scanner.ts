/** A scanner that a file passes through as it is stored. */
export type Scanner = { name: string; take(part: Uint8Array): void; verdict(): 'clean' | 'refused' };

// The EICAR test file, in two halves so that a scanner does not take this source for one.
const signature = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''));

const overlap = signature.length - 1;

/**
 * Stands in where no real malware scanner is connected, and says so by its name: it knows the EICAR test string and
 * nothing else.
 */
export function builtInScanner(): Scanner {
  let tail = Buffer.alloc(0);
  let found = false;
  return {
    name: 'built-in',
    take(part) {
      const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
      // A match may begin in one part and end in the next: only that seam is copied.
      const seam = Buffer.concat([tail, bytes.subarray(0, overlap)]);
      found ||= bytes.includes(signature) || seam.includes(signature);
      tail = bytes.length >= overlap ? Buffer.from(bytes.subarray(-overlap)) : seam.subarray(-overlap);
    },
    verdict: () => (found ? 'refused' : 'clean'),
  };
}
