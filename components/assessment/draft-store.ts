import { isResponse } from '#domain/answers.ts';
import type { AnswerText } from './autosave.ts';
import { isRecordKey } from './upload-records.ts';

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

type Device = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The draft under a key; null when there is none, or what stands there is not one. */
export function readDraft(device: Device | null, key: string): Draft | null {
  try {
    const value: unknown = JSON.parse(device?.getItem(key) ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { version, response, explanation } = value as Record<string, unknown>;
    if (typeof version !== 'number' || typeof explanation !== 'string') return null;
    return { version, explanation, response: isResponse(response) ? response : null };
  } catch {
    return null;
  }
}

/** @returns whether it is kept: a device may be full, or refuse */
export function writeDraft(device: Device | null, key: string, draft: Draft): boolean {
  try {
    device?.setItem(key, JSON.stringify(draft));
    return device !== null;
  } catch {
    return false;
  }
}

export function dropDraft(device: Device | null, key: string): void {
  try {
    device?.removeItem(key);
  } catch {
    // A device that refuses to forget refused to keep, too.
  }
}

/** Takes all drafts off the device, and what it knows of files on their way: of who signs out nothing stays behind. */
export function dropAllDrafts(device: globalThis.Storage | null): void {
  const keys = Array.from({ length: device?.length ?? 0 }, (_, place) => device?.key(place));
  for (const key of keys) if (key && (key.startsWith(prefix) || isRecordKey(key))) dropDraft(device, key);
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
