/** What the device remembers of a file on its way, so that it can go on after the page was left. Never its bytes. */
export type UploadRecord = {
  id: string;
  name: string;
  size: number;
  /** When the file was last changed, in milliseconds: with name and size it tells that the same file is chosen again. */
  modified: number;
  criterionKey: string;
  locator: string;
  aboutPeriod: string;
  replacesId: string;
};

const prefix = 'trede:upload:';
const fields = { id: 'string', name: 'string', size: 'number', modified: 'number', criterionKey: 'string' } as const;

/** Under which the records of a person in an assessment are kept; another person on the same device finds none. */
export const recordsOf = (userId: string, assessmentId: string) => `${prefix}${userId}:${assessmentId}:`;

/** Every key of the device that holds such a record, of whomever. */
export const isRecordKey = (key: string) => key.startsWith(prefix);

type Device = Pick<globalThis.Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

export function readRecords(device: Device | null, of: string): UploadRecord[] {
  const keys = Array.from({ length: device?.length ?? 0 }, (_, place) => device?.key(place));
  return keys.flatMap((key) => (key?.startsWith(of) ? (parse(device?.getItem(key)) ?? []) : []));
}

export function writeRecord(device: Device | null, of: string, record: UploadRecord): void {
  try {
    device?.setItem(of + record.id, JSON.stringify(record));
  } catch {
    // A full device keeps nothing; then the file begins anew after a reload.
  }
}

export function dropRecord(device: Device | null, of: string, id: string): void {
  device?.removeItem(of + id);
}

function parse(text: string | null | undefined): UploadRecord | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const given = value as Record<string, unknown>;
    if (Object.entries(fields).some(([name, type]) => typeof given[name] !== type)) return null;
    return { locator: '', aboutPeriod: '', replacesId: '', ...given } as UploadRecord;
  } catch {
    return null;
  }
}
