import { describe, expect, it } from 'vitest';
import { fixedWords } from '#components/assessment/answer/fixed-words.ts';
import { messages } from '#lib/i18n/messages.ts';

const term = { version: 1, sentAt: new Date(0), termAt: new Date(1), termOver: false, daysLeft: 3 };
const open = { ...term, respondedAt: null };

describe('what a criterion says once the assessment can no longer be changed', () => {
  it.each([
    ['submitted', 'supervisor', null, 'submitted', 'submitted'],
    ['submitted', 'insurer', null, 'submitted', 'asked'],
    ['in_review', 'supervisor', null, 'in_review', 'in_review'],
    ['in_review', 'insurer', null, 'in_review', 'asked'],
    ['hearing', 'insurer', open, 'hearing', 'hearing'],
    ['hearing', 'supervisor', { ...open, respondedAt: new Date(0) }, 'hearing', 'responded'],
    ['hearing', 'supervisor', { ...open, termOver: true }, 'hearing', 'termOver'],
    ['in_decision', 'supervisor', open, 'in_decision', 'in_decision'],
    ['published', 'nobody', null, 'published', 'published'],
    ['closed', 'nobody', null, 'closed', 'closed'],
  ] as const)('%s, next the %s', (state, nextBy, hearing, title, text) => {
    expect(fixedWords({ state, nextBy, hearing })).toEqual({ title, text });
  });

  it('says nothing of the kind while it is being filled in', () => {
    expect(fixedWords({ state: 'draft', nextBy: 'insurer', hearing: null })).toBeNull();
    expect(fixedWords({ state: 'returned', nextBy: 'insurer', hearing: null })).toBeNull();
  });

  it('calls on whom it waits by name, in both languages', () => {
    const { nl, en } = { nl: messages.nl.assessment.criterion.readOnly, en: messages.en.assessment.criterion.readOnly };
    expect([nl.hearing.text, nl.asked.text].map((text) => text.includes('toezichthouder.'))).toEqual([false, false]);
    for (const words of [nl.responded, nl.termOver]) expect(words.text).toContain('Nu aan zet: de toezichthouder');
    for (const words of [en.responded, en.termOver]) expect(words.text).toContain('Next to act: the supervisor');
  });
});
