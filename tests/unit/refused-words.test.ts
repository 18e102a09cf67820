import { expect, it } from 'vitest';
import { refusedWords } from '#components/assessment/evidence/refused-words.ts';
import { messages } from '#lib/i18n/messages.ts';

it.each([
  [null, 'draft', 'refusedText'],
  ['role', 'draft', 'refusedRead'],
  ['section', 'returned', 'refusedRead'],
  ['not_applicable', 'draft', 'refusedIdle'],
  ['carried', 'draft', 'refusedIdle'],
  ['state', 'in_review', 'refusedSigned'],
  ['state', 'closed', 'refusedIdle'],
] as const)('a refused file where %s keeps from writing, in %s', (because, state, words) => {
  expect(refusedWords({ readOnly: because && { because }, assessment: { state } })).toBe(words);
  for (const locale of ['nl', 'en'] as const) expect(messages[locale].evidence[words]).toBeTruthy();
});
