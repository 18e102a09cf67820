/** What was typed in one form of the hearing and not yet saved, kept on this device. */
export type WordsDraft = { choice: string; text: string; at: string };

const keyOf = (place: string) => `trede:hearing:${place}`;

/** Null when there is none, or when the device keeps nothing (a private window, a full disk). */
export function readWords(place: string): WordsDraft | null {
  try {
    const draft: unknown = JSON.parse(localStorage.getItem(keyOf(place)) ?? 'null');
    return isDraft(draft) ? draft : null;
  } catch {
    return null;
  }
}

/** Tells whether it was kept. */
export function keepWords(place: string, draft: WordsDraft): boolean {
  try {
    localStorage.setItem(keyOf(place), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropWords(place: string): void {
  try {
    localStorage.removeItem(keyOf(place));
  } catch {
    // A device that keeps nothing has nothing to drop.
  }
}

function isDraft(value: unknown): value is WordsDraft {
  if (typeof value !== 'object' || value === null) return false;
  const draft = value as Record<string, unknown>;
  return ['choice', 'text', 'at'].every((name) => typeof draft[name] === 'string');
}
