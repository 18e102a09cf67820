import { isResponse } from '#domain/answers.ts';
import { isRecordKey } from '../evidence/upload-records.ts';
import type { AnswerText } from './autosave.ts';

/** Text that the server has not acknowledged, with the version that it was typed on. */
export type Draft = AnswerText & { version: number };

type Version = { version: number; text: AnswerText };

/** What a page starts from. `restored`: text of this device that was never acknowledged. */
export type Start = { version: number; kept: AnswerText; typed: AnswerText; restored: boolean };

const prefix = 'trede:draft:';

/** Under which a draft is kept on the device: another person on the same device never finds it. */
export function draftKey(userId: string, assessmentId: string, criterionKey: string): string {
  return `${prefix}${userId}:${assessmentId}:${criterionKey}`;
}

/**
 * Decides what a page that was just drawn starts from: the highest version of the page and of what this tab saw
 * acknowledged, and over it the text that was never acknowledged. A draft on an older version is sent as it is: the
 * server then shows both texts. A draft that the server has already is none.
 */
export function startFrom(page: Version, draft: Draft | null, acknowledged: Version | null): Start {
  const newest = acknowledged && acknowledged.version > page.version ? acknowledged : page;
  const { version, text: kept } = newest;
  if (!draft || (draft.response === kept.response && draft.explanation === kept.explanation)) {
    return { version, kept, typed: kept, restored: false };
  }
  const typed = { response: draft.response, explanation: draft.explanation };
  return { version: draft.version, kept, typed, restored: true };
}

/** A draft as it was found; `place` is where, so that whoever takes it over can clear it away. */
export type FoundDraft = Draft & { place: string };

/** Each page writes in a place of its own: of two windows on one criterion neither writes over the other's text. */
const ownPlace = Math.random().toString(36).slice(2);
const placeOf = (key: string) => `${key}#${ownPlace}`;
const places = (device: globalThis.Storage) =>
  Array.from({ length: device.length }, (_, place) => device.key(place) ?? '');

let signedOut = false;

/** The draft under a key, of several the newest; null when there is none, or what stands there is not one. */
export function readDraft(device: globalThis.Storage | null, key: string): FoundDraft | null {
  if (!device) return null;
  let newest: (FoundDraft & { at: number }) | null = null;
  for (const place of places(device)) {
    if (place !== key && !place.startsWith(`${key}#`)) continue;
    const found = parsed(device, place);
    if (found && (!newest || found.at > newest.at)) newest = found;
  }
  if (!newest) return null;
  const { at: _, ...draft } = newest;
  return draft;
}

function parsed(device: globalThis.Storage, place: string): (FoundDraft & { at: number }) | null {
  try {
    const value: unknown = JSON.parse(device.getItem(place) ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { version, response, explanation, at } = value as Record<string, unknown>;
    if (typeof version !== 'number' || typeof explanation !== 'string') return null;
    const written = typeof at === 'number' ? at : 0;
    return { version, explanation, response: isResponse(response) ? response : null, place, at: written };
  } catch {
    return null;
  }
}

/** @returns whether it is kept: a device may be full, or refuse */
export function writeDraft(device: globalThis.Storage | null, key: string, draft: Draft): boolean {
  if (signedOut) return false;
  try {
    const { version, response, explanation } = draft;
    device?.setItem(placeOf(key), JSON.stringify({ version, response, explanation, at: Date.now() }));
    return device !== null;
  } catch {
    return false;
  }
}

/** Forgets what this page kept. What another window keeps is its own to forget. */
export function dropDraft(device: globalThis.Storage | null, key: string): void {
  clearPlace(device, placeOf(key));
}

/** Forgets what stands under one name. */
export function clearPlace(device: Pick<globalThis.Storage, 'removeItem'> | null, place: string): void {
  try {
    device?.removeItem(place);
  } catch {
    // A device that refuses to forget refused to keep, too.
  }
}

/** The criteria of an assessment of which this device holds text of a person, an answer or a note, that was never acknowledged. */
export function draftedCriteria(device: globalThis.Storage | null, userId: string, assessmentId: string): string[] {
  const start = draftKey(userId, assessmentId, '');
  const found = device ? places(device).filter((place) => place.startsWith(start)) : [];
  return [...new Set(found.map((place) => place.slice(start.length).replace(/[#:].*$/, '')))].toSorted();
}

/** Tells the other windows of this browser that somebody signed out. */
export const signOutMark = 'trede:signed-out';

/** What forms of both sides keep on the device: answers and notes, what is said in a hearing, verdicts, and other forms. */
const isTyped = (place: string) => /^trede:(draft|hearing|verdict|kept):/.test(place);

/** Takes all drafts off the device, and what it knows of files on their way: of who signs out nothing stays behind. */
export function dropAllDrafts(device: globalThis.Storage | null): void {
  if (!device) return;
  for (const place of places(device)) if (isTyped(place) || isRecordKey(place)) clearPlace(device, place);
}

/** From now on this page keeps nothing any more: its person signed out in another window. */
export function closeDrafts(device: globalThis.Storage | null): void {
  signedOut = true;
  dropAllDrafts(device);
}

/** The storage of this device, or null where the browser has none for us. */
export function thisDevice(): globalThis.Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

const acknowledgedHere = new Map<string, Version>();
const pagesSeen = new Map<string, number>();
let saves = 0;

/**
 * Remembers, as long as this tab lives, what the server acknowledged: a page that the browser brings back with Back may
 * be older than that.
 */
export function rememberSaved(key: string, saved: Version): void {
  acknowledgedHere.set(key, saved);
  saves += 1;
}

export function rememberedOf(key: string): Version | null {
  return acknowledgedHere.get(key) ?? null;
}

/**
 * Whether something was saved in this tab since a page was first seen here; brought back by the browser, it shows old
 * scores. By counting rather than by the clock: those of device and server differ.
 */
export function isPageStale(readAt: string): boolean {
  const then = pagesSeen.get(readAt);
  if (then === undefined) pagesSeen.set(readAt, saves);
  return then !== undefined && then < saves;
}
