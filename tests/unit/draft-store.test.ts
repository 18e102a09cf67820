import { describe, expect, it } from 'vitest';
import {
  clearPlace,
  draftedCriteria,
  draftKey,
  dropAllDrafts,
  dropDraft,
  isPageStale,
  readDraft,
  rememberSaved,
  startFrom,
  writeDraft,
} from '../../components/assessment/answer/draft-store.ts';

const text = (explanation: string) => ({ response: 'met' as const, explanation });

/** A device as a browser has it: names and texts, in order. */
function device(entries: Record<string, string> = {}): Storage {
  const map = new Map(Object.entries(entries));
  return {
    get length() {
      return map.size;
    },
    key: (place) => [...map.keys()][place] ?? null,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    clear: () => map.clear(),
  };
}

describe('what a page starts from', () => {
  const page = { version: 3, text: text('page') };

  it('is the page, when this device holds nothing', () => {
    expect(startFrom(page, null, null)).toEqual({
      version: 3,
      kept: text('page'),
      typed: text('page'),
      restored: false,
    });
  });

  it('is what was typed and never acknowledged, on the version it was typed on', () => {
    const start = startFrom(page, { ...text('typed'), version: 3 }, null);
    expect(start).toMatchObject({ version: 3, typed: text('typed'), kept: text('page'), restored: true });
  });

  it('leaves an older version to the server, which shows both texts', () => {
    expect(startFrom(page, { ...text('typed'), version: 2 }, null)).toMatchObject({ version: 2, restored: true });
  });

  it('knows a save whose answer got lost: the server has the text already', () => {
    expect(startFrom({ version: 4, text: text('typed') }, { ...text('typed'), version: 3 }, null)).toMatchObject({
      version: 4,
      restored: false,
    });
  });

  it('is the newest that was saved here, when Back brings up an older page', () => {
    const start = startFrom(page, null, { version: 5, text: text('saved since') });
    expect(start).toMatchObject({ version: 5, typed: text('saved since'), restored: false });
  });

  it('is the page again once that is newer', () => {
    expect(startFrom(page, null, { version: 2, text: text('before') }).typed).toEqual(text('page'));
  });
});

describe('drafts on a device', () => {
  it('come back as they were kept', () => {
    const here = device();
    expect(writeDraft(here, 'k', { ...text('typed'), version: 3 })).toBe(true);
    expect(readDraft(here, 'k')).toMatchObject({ ...text('typed'), version: 3 });
  });

  it('are none when what stands there is not one', () => {
    for (const value of ['', 'nonsense', '3', 'null', '{"version":"3","explanation":"x"}', '{"version":3}']) {
      expect(readDraft(device({ k: value }), 'k')).toBeNull();
    }
    expect(readDraft(null, 'k')).toBeNull();
  });

  it('stand beside those of another window, and neither forgets the other’s', () => {
    const here = device();
    const elsewhere = JSON.stringify({ ...text('of another window'), version: 2, at: 1 });
    here.setItem('k#elsewhere', elsewhere);
    writeDraft(here, 'k', { ...text('typed'), version: 3 });
    expect(readDraft(here, 'k')).toMatchObject(text('typed'));
    dropDraft(here, 'k');
    expect(here.getItem('k#elsewhere')).toBe(elsewhere);
    const left = readDraft(here, 'k');
    expect(left).toMatchObject({ ...text('of another window'), version: 2 });
    clearPlace(here, String(left?.place));
    expect(here.length).toBe(0);
  });

  it('are named by their criteria, for pages that are about others', () => {
    const here = device();
    for (const key of ['I.2.b', 'I.2.a']) writeDraft(here, draftKey('ann', 'a', key), { ...text('t'), version: 1 });
    writeDraft(here, draftKey('bob', 'a', 'V.2.a'), { ...text('t'), version: 1 });
    expect(draftedCriteria(here, 'ann', 'a')).toEqual(['I.2.a', 'I.2.b']);
  });

  it('say so when the device is full', () => {
    const full = {
      ...device(),
      setItem: () => {
        throw new Error('full');
      },
    };
    expect(writeDraft(full, 'k', { ...text('typed'), version: 3 })).toBe(false);
  });

  it('belong to one person: another on the same device does not find them', () => {
    expect(draftKey('ann', 'a', 'I.2.a')).not.toBe(draftKey('bob', 'a', 'I.2.a'));
  });

  it('go when somebody signs out, and nothing else goes', () => {
    const here = device({ other: 'x' });
    for (const key of ['I.2.a', 'I.2.b', 'I.3.a'])
      writeDraft(here, draftKey('ann', 'a', key), { ...text('t'), version: 1 });
    dropAllDrafts(here);
    expect(here.length).toBe(1);
    expect(here.getItem('other')).toBe('x');
  });

  it('go with all that other forms keep: words in a hearing, verdicts, questions, working notes', () => {
    const kept = ['trede:hearing:a:I', 'trede:verdict:a:I.2.a', 'trede:kept:note:a:I.2.a'];
    const here = device(Object.fromEntries([...kept, 'trede:shortcuts'].map((place) => [place, 'x'])));
    dropAllDrafts(here);
    expect([...Array(here.length).keys()].map((at) => here.key(at))).toEqual(['trede:shortcuts']);
  });
});

describe('a page that the browser brings back', () => {
  it('is stale once something was saved since it was first seen', () => {
    expect(isPageStale('first')).toBe(false);
    expect(isPageStale('first')).toBe(false);
    rememberSaved('k', { version: 2, text: text('saved') });
    expect(isPageStale('first')).toBe(true);
    expect(isPageStale('second')).toBe(false);
  });
});
