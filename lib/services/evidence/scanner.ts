/** Looks for malware in a file. `name` is kept beside its word: by what a file was called clean. */
export type Scanner = {
  name: string;
  /**
   * Passes all bytes by the scanner. Throws `ScannerUnreachable` when it gives no word in time: then the file waits, and
   * is scanned later.
   */
  scan(parts: AsyncIterable<Uint8Array>): Promise<'clean' | 'refused'>;
};

export class ScannerUnreachable extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(`the malware scanner gives no word: ${why}`, options);
    this.name = 'ScannerUnreachable';
  }
}
