/** Where the bytes of evidence are kept. Every process of the platform sees the same; keys are made here, never by a user. */
export type Storage = {
  /**
   * Keeps what `source` yields under `key`, durably when it returns. Nothing remains under `key` when the source or the
   * storage fails, or the process ends on the way.
   */
  write(key: string, source: AsyncIterable<Uint8Array>): Promise<void>;
  /** The bytes from `start` up to and not including `end`; fewer when the file ends before. @throws when there is no such key */
  readRange(key: string, start: number, end: number): Promise<Uint8Array>;
  /** All bytes, as they are asked for. @throws when there is no such key */
  read(key: string): Promise<ReadableStream<Uint8Array>>;
  /** Succeeds also when there is nothing under `key`. */
  remove(key: string): Promise<void>;
  /** Every key that is kept, in no order that can be relied upon. For clearing away what no row holds. */
  list(): AsyncIterable<StoredKey>;
};

export type StoredKey = { key: string; changedAt: Date };

/** @throws Error for what is no key of ours: hexadecimal words and slashes alone, so that it never leads elsewhere */
export function checkKey(key: string): string {
  if (!/^[0-9a-f-]+(\/[0-9a-f-]+)*$/.test(key)) throw new Error('not a storage key');
  return key;
}
