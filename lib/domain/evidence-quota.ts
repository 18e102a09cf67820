/** Bytes and pieces that are held already; `organisation` counts what several assessments share once. */
export type Held = { readonly count: number; readonly assessment: number; readonly organisation: number };

/** As `Held`: the most there may be. */
export type Quota = Held;

/** Why there is no room: the pieces of the assessment, its bytes, or the bytes of the organisation. */
export type RoomFault = 'too_many_files' | 'assessment_full' | 'organisation_full';

/** Why `bytes` more do not fit; null when they do. The last byte of a quota may be used. */
export function roomFault(held: Held, quota: Quota, bytes: number): RoomFault | null {
  if (held.count >= quota.count) return 'too_many_files';
  if (held.assessment + bytes > quota.assessment) return 'assessment_full';
  return held.organisation + bytes > quota.organisation ? 'organisation_full' : null;
}

export type QuotaState = 'free' | 'nearly' | 'full';

/** From nine tenths a quota is nearly full; full is when not one byte more fits. */
export function quotaState(used: number, quota: number): QuotaState {
  if (used >= quota) return 'full';
  return used * 10 >= quota * 9 ? 'nearly' : 'free';
}
