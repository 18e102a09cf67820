import { describe, expect, test } from 'vitest';
import { type HearingFacts, hearingGuards, lowerSections, unheardSections } from '#domain/hearing.ts';

const termAt = new Date('2026-12-07T22:59:59Z');
const before = new Date('2026-12-01T10:00:00Z');
const after = new Date('2026-12-08T10:00:00Z');
const sent: HearingFacts = {
  sent: { levels: { I: 3, II: 4 }, termAt },
  publishedSince: null,
  responded: false,
  objections: [],
  answered: [],
};

describe('the questions of the hearing', () => {
  test('before anything was sent only a response that is not there speaks for it', () => {
    const nothing = { ...sent, sent: null };
    expect(hearingGuards(nothing, { I: 3 }, before)).toEqual({
      version_sent: false,
      responded_or_term_over: false,
      objections_answered: true,
      no_section_lower: true,
      term_open: false,
      not_yet_responded: true,
    });
  });

  test('while the term runs nothing goes on without a response', () => {
    expect(hearingGuards(sent, { I: 3 }, before)).toMatchObject({
      version_sent: true,
      responded_or_term_over: false,
      term_open: true,
      not_yet_responded: true,
    });
    expect(hearingGuards({ ...sent, responded: true }, { I: 3 }, before)).toMatchObject({
      responded_or_term_over: true,
      not_yet_responded: false,
    });
  });

  test('the last second of the term belongs to it', () => {
    expect(hearingGuards(sent, {}, new Date('2026-12-07T22:59:59.999Z'))).toMatchObject({ term_open: true });
    expect(hearingGuards(sent, {}, after)).toMatchObject({ term_open: false, responded_or_term_over: true });
  });

  test('every objection is answered, not just one', () => {
    const objecting = { ...sent, responded: true, objections: ['I', 'II'] };
    expect(hearingGuards({ ...objecting, answered: ['I'] }, {}, before).objections_answered).toBe(false);
    expect(hearingGuards({ ...objecting, answered: ['II', 'I'] }, {}, before).objections_answered).toBe(true);
  });
});

describe('sections that end lower', () => {
  test('are named; higher and equal ones are not, nor those that no longer apply', () => {
    expect(lowerSections(sent, { I: 2, II: 5 })).toEqual(['I']);
    expect(lowerSections(sent, { I: 3 })).toEqual([]);
    expect(lowerSections({ ...sent, sent: null }, { I: 1 })).toEqual([]);
  });

  test('are joined by those that the insurer was never told of, once anything was told', () => {
    expect(lowerSections(sent, { I: 3, III: 1 })).toEqual(['III']);
    expect(unheardSections(sent, { I: 2, III: 1 })).toEqual(['III']);
    expect(unheardSections({ ...sent, sent: null }, { I: 1 })).toEqual([]);
    expect(hearingGuards(sent, { I: 3, III: 5 }, after).no_section_lower).toBe(false);
  });

  test('are measured against what was published after the version', () => {
    const corrected = { ...sent, publishedSince: { I: 4 } as const };
    expect(lowerSections(corrected, { I: 3 })).toEqual(['I']);
    expect(unheardSections(corrected, { I: 3, II: 1 })).toEqual(['II']);
    expect(hearingGuards(corrected, { I: 3 }, after).no_section_lower).toBe(false);
  });

  test('by own keys only', () => {
    expect(lowerSections({ ...sent, sent: { levels: {}, termAt } }, { constructor: 1 } as never)).toEqual([
      'constructor',
    ]);
  });
});
