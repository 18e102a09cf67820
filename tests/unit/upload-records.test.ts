import { beforeEach, describe, expect, it } from 'vitest';
import { dropAllDrafts } from '#components/assessment/answer/draft-store.ts';
import {
  dropRecord,
  readRecords,
  recordsOf,
  type UploadRecord,
  writeRecord,
} from '#components/assessment/evidence/upload-records.ts';

class Device {
  #kept = new Map<string, string>();
  get length() {
    return this.#kept.size;
  }
  key(place: number) {
    return [...this.#kept.keys()][place] ?? null;
  }
  getItem(key: string) {
    return this.#kept.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    this.#kept.set(key, value);
  }
  removeItem(key: string) {
    this.#kept.delete(key);
  }
}

const of = recordsOf('somebody', 'one');
const record: UploadRecord = {
  id: 'a',
  name: 'Steekproef.pdf',
  size: 10,
  modified: 1,
  criterionKey: 'I.2.a',
  locator: 'blz. 4',
  aboutPeriod: '',
  requestId: '',
  draftOutcomeId: '',
  sectionKey: '',
  replacesId: '',
};
let device: globalThis.Storage;
beforeEach(() => {
  device = new Device() as unknown as globalThis.Storage;
});

describe('what the device remembers of a file on its way', () => {
  it('is there after the page was left, for the same person in the same assessment alone', () => {
    writeRecord(device, of, record);
    expect(readRecords(device, of)).toEqual([record]);
    expect(readRecords(device, recordsOf('another', 'one'))).toEqual([]);
    expect(readRecords(device, recordsOf('somebody', 'two'))).toEqual([]);
  });

  it('goes when the file is there, and with signing out', () => {
    writeRecord(device, of, record);
    writeRecord(device, of, { ...record, id: 'b' });
    dropRecord(device, of, 'a');
    expect(readRecords(device, of).map(({ id }) => id)).toEqual(['b']);
    dropAllDrafts(device);
    expect(device.length).toBe(0);
  });

  it('is nothing where the device has none, or holds something else there', () => {
    expect(readRecords(null, of)).toEqual([]);
    for (const text of [
      '',
      'null',
      '{',
      '[]',
      '{"id":"a"}',
      '{"id":1,"name":"x","size":1,"modified":1,"criterionKey":""}',
    ]) {
      device.setItem(`${of}a`, text);
      expect(readRecords(device, of), text).toEqual([]);
    }
  });
});
