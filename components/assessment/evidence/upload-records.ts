/** Where a file goes: each is a key, or empty where it does not go there. */
export type UploadPlace = Record<'criterionKey' | 'replacesId' | 'requestId' | 'draftOutcomeId' | 'sectionKey', string>;

/** What the device remembers of a file on its way, so that it can go on after the page was left. Never its bytes. */
export type UploadRecord = UploadPlace & {
  id: string;
  name: string;
  size: number;
  /** When the file was last changed, in milliseconds: with name and size it tells that the same file is chosen again. */
  modified: number;
  locator: string;
  aboutPeriod: string;
};

const nowhere: UploadPlace = { criterionKey: '', replacesId: '', requestId: '', draftOutcomeId: '', sectionKey: '' };

/** A place of which only some is said. */
export const uploadPlace = (said: Partial<UploadPlace>): UploadPlace => ({ ...nowhere, ...said });

/**
 * On which form the line of a file stands: one of its own for each piece that is replaced, each supplement and each
 * section of a hearing; empty for those of all criteria and the library, which stand together.
 */
export function formOf({ replacesId, requestId, draftOutcomeId, sectionKey }: UploadPlace): string {
  return draftOutcomeId ? `${draftOutcomeId}:${sectionKey}` : requestId || replacesId;
}

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
    return { locator: '', aboutPeriod: '', ...nowhere, ...given } as UploadRecord;
  } catch {
    return null;
  }
}
