import { beforeEach, describe, expect, it } from 'vitest';
import { draftKey, dropAllDrafts } from '#components/assessment/answer/draft-store.ts';
import { namedIn, noteDraftKey, readNoteDraft, writeNoteDraft } from '#components/assessment/notes/note-draft.ts';

/** A device's storage, as the browser's own: keys in their order, values as text. */
function deviceOf(kept: Record<string, string> = {}) {
  const values = new Map(Object.entries(kept));
  return {
    get length() {
      return values.size;
    },
    key: (place: number) => [...values.keys()][place] ?? null,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
    clear: () => values.clear(),
  };
}

const key = noteDraftKey('u', 'a', 'I.2.a');
const draft = { id: 'n', text: 'Half af', mentions: ['b'] };
let device = deviceOf();
beforeEach(() => {
  device = deviceOf();
});

describe('a note that was not sent', () => {
  it('is found again with its key and whom it names', () => {
    writeNoteDraft(device, key, draft);
    expect(readNoteDraft(device, key)).toEqual(draft);
    expect(readNoteDraft(device, noteDraftKey('u', 'a', 'I.2.b'))).toBeNull();
    expect(readNoteDraft(device, noteDraftKey('v', 'a', 'I.2.a'))).toBeNull();
  });

  it('goes when it is emptied, and when somebody signs out', () => {
    writeNoteDraft(device, key, draft);
    writeNoteDraft(device, key, { ...draft, text: ' \n' });
    expect(readNoteDraft(device, key)).toBeNull();
    writeNoteDraft(device, key, draft);
    dropAllDrafts(device);
    expect(device.length).toBe(0);
  });

  it('stands apart from the answer to the same criterion', () => {
    expect(key).not.toBe(draftKey('u', 'a', 'I.2.a'));
  });

  it('is none where something else stands, where nothing is kept, or where the device refuses', () => {
    for (const value of ['', '3', '{}', '{"id":1,"text":"x","mentions":[]}', '{"id":"n","text":"x"}', '{']) {
      expect(readNoteDraft(deviceOf({ [key]: value }), key)).toBeNull();
    }
    expect(readNoteDraft(null, key)).toBeNull();
    const full = {
      ...deviceOf(),
      setItem: () => {
        throw new Error('full');
      },
    };
    expect(() => writeNoteDraft(full, key, draft)).not.toThrow();
  });
});

describe('whom a note names with @', () => {
  const people = [
    { userId: '1', name: 'Ada de Wit' },
    { userId: '2', name: 'Adriaan Bos' },
    { userId: '3', name: 'Étienne Noël' },
  ];

  it.each([
    ['@Ada kijk je mee?', ['1']],
    ['kijk mee, @adr en @étienne.', ['2', '3']],
    ['@Ad', []],
    ['@a', []],
    ['mail aan iemand@adriaan.example', []],
    ['@Bos', []],
    ['zonder naam', []],
  ])('%s', (text, named) => {
    expect(namedIn(text, people)).toEqual(named);
  });
});
