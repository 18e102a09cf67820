/** What was typed about one criterion and not yet given as a verdict, kept on this device. */
export type VerdictDraft = { version: number; choice: string; ground: string; reason: string; at: string };

const keyOf = (place: string) => `trede:verdict:${place}`;

/** Null when there is none, or when the device keeps nothing (a private window, a full disk). */
export function readDraft(place: string): VerdictDraft | null {
  try {
    const draft: unknown = JSON.parse(localStorage.getItem(keyOf(place)) ?? 'null');
    return isDraft(draft) ? draft : null;
  } catch {
    return null;
  }
}

/** Tells whether it was kept. */
export function keepDraft(place: string, draft: VerdictDraft): boolean {
  try {
    localStorage.setItem(keyOf(place), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(place: string): void {
  try {
    localStorage.removeItem(keyOf(place));
  } catch {
    // A device that keeps nothing has nothing to drop.
  }
}

function isDraft(value: unknown): value is VerdictDraft {
  if (typeof value !== 'object' || value === null) return false;
  const draft = value as Record<string, unknown>;
  return (
    typeof draft.version === 'number' &&
    ['choice', 'ground', 'reason', 'at'].every((name) => typeof draft[name] === 'string')
  );
}
