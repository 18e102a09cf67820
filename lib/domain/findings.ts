/** What a claim file can show on a criterion that the norm judges from files. */
export const findings = ['conform', 'not_conform', 'undeterminable'] as const;
export type Finding = (typeof findings)[number];

/**
 * What the drawn claim files showed on a criterion when its verdict was given: how many were found so, and how many nobody
 * had looked at. Together they are `drawn`.
 */
export type ClaimCounts = {
  /** SHA-256 of the insurer's list that was drawn from, lower-case hexadecimal. */
  listSha256: string;
  /** Claims in that list. */
  listed: number;
  drawn: number;
  conform: number;
  notConform: number;
  undeterminable: number;
  open: number;
};

/**
 * How the counts that a verdict quotes stand to those of now: `unquoted`, it was given before any file was looked at;
 * `changed`, something was found since. Null where there is nothing to quote.
 */
export type CountsState = 'stands' | 'changed' | 'unquoted';

export function countsState(quoted: ClaimCounts | null, now: ClaimCounts | null): CountsState | null {
  if (!quoted) return now && 'unquoted';
  const same = now && countKeys.every((key) => quoted[key] === now[key]);
  return same ? 'stands' : 'changed';
}

const countKeys = ['listSha256', 'drawn', 'conform', 'notConform', 'undeterminable', 'open'] as const;
