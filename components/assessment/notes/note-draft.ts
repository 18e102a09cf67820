import { clearPlace, draftKey } from '../answer/draft-store.ts';

/** A note that the server has not acknowledged, with the key under which it is sent: sending it again adds nothing. */
export type NoteDraft = { id: string; text: string; mentions: readonly string[] };

type Device = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Beside the draft of the answer to the same criterion; signing out takes both away. */
export const noteDraftKey = (userId: string, assessmentId: string, criterionKey: string) =>
  `${draftKey(userId, assessmentId, criterionKey)}:note`;

/** The draft under a key; null when there is none, or what stands there is not one. */
export function readNoteDraft(device: Device | null, key: string): NoteDraft | null {
  try {
    const value: unknown = JSON.parse(device?.getItem(key) ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { id, text, mentions } = value as Record<string, unknown>;
    if (typeof id !== 'string' || typeof text !== 'string' || !Array.isArray(mentions)) return null;
    return { id, text, mentions: mentions.filter((mention) => typeof mention === 'string') };
  } catch {
    return null;
  }
}

/** Keeps what was typed; an empty note is none. */
export function writeNoteDraft(device: Device | null, key: string, draft: NoteDraft): void {
  try {
    if (draft.text.trim()) device?.setItem(key, JSON.stringify(draft));
    else clearPlace(device, key);
  } catch {
    // A device that is full, or keeps nothing: the text stands in the page.
  }
}

/**
 * Whom a text names with `@` and the beginning of a name, of at least two letters.
 * @returns their ids; a beginning that fits several people names nobody
 */
export function namedIn(text: string, colleagues: readonly { userId: string; name: string }[]): string[] {
  const words = text.matchAll(/(?<![\p{L}\p{N}])@([\p{L}\p{N}]{2,}(?:[.’'-][\p{L}\p{N}]+)*)/gu);
  return [...words].flatMap(([, word = '']) => {
    const fitting = colleagues.filter(({ name }) => name.toLowerCase().startsWith(word.toLowerCase()));
    return fitting.length === 1 && fitting[0] ? [fitting[0].userId] : [];
  });
}
