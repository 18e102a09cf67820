import { expect, it } from 'vitest';
import { type ClaimCounts, countsState } from '#domain/findings.ts';

const counts: ClaimCounts = {
  listSha256: 'ab'.repeat(32),
  listed: 812,
  drawn: 3,
  conform: 1,
  notConform: 1,
  undeterminable: 0,
  open: 1,
};

it('says whether a verdict quotes what claim files show now', () => {
  expect(countsState(null, null)).toBeNull();
  expect(countsState(null, counts)).toBe('unquoted');
  expect(countsState(counts, { ...counts })).toBe('stands');
  for (const key of ['conform', 'notConform', 'undeterminable', 'open'] as const)
    expect(countsState(counts, { ...counts, [key]: 2 })).toBe('changed');
  expect(countsState(counts, null)).toBe('changed');
});
