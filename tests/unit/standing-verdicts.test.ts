import { describe, expect, it } from 'vitest';
import type { Response } from '#domain/answers.ts';
import { changedParts, verdictStands } from '#domain/standing-verdicts.ts';

const answer = (response: Response | null, explanation = '', version = 1) => ({ response, explanation, version });
const link = (evidenceId: string, locator = 'blz. 4', id = `link-${evidenceId}-${locator}`) => ({
  id,
  evidenceId,
  criterionKey: 'I.2.a',
  locator,
});
const signed = {
  intake: { authorisedAgents: true },
  answers: { 'I.2.a': answer('met', 'Wij werken zo.'), 'I.2.b': answer('partly', 'Half.') },
  evidenceLinks: [link('handbook'), link('register', 'blad 2')],
};
const about = (criterionKey: string) => ({ criterionKey, intakeKey: null });
const aboutIntake = (intakeKey: string) => ({ criterionKey: null, intakeKey });

describe('a verdict after a resubmission', () => {
  it('stands where response, explanation and evidence links are equal', () => {
    expect(verdictStands(about('I.2.a'), signed, structuredClone(signed))).toBe(true);
  });

  it('stands when the answer was changed and changed back, and when a link was made anew in another order', () => {
    const again = {
      ...signed,
      answers: { ...signed.answers, 'I.2.a': answer('met', 'Wij werken zo.', 7) },
      evidenceLinks: [link('register', 'blad 2', 'new'), link('handbook', 'blz. 4', 'newer')],
    };
    expect(verdictStands(about('I.2.a'), signed, again)).toBe(true);
  });

  it.each([
    ['response', { answers: { 'I.2.a': answer('not_met', 'Wij werken zo.') } }],
    ['explanation', { answers: { 'I.2.a': answer('met', 'Wij werken anders.') } }],
    ['evidence', { evidenceLinks: [link('handbook')] }],
    ['evidence', { evidenceLinks: [link('handbook', 'blz. 5'), link('register', 'blad 2')] }],
  ] as const)('is asked again when the %s differs', (part, changed) => {
    const present = { ...signed, ...changed };
    expect(changedParts('I.2.a', signed, present)).toEqual([part]);
    expect(verdictStands(about('I.2.a'), signed, present)).toBe(false);
  });

  it('is asked again when the criterion was answered on one side only, and says all that differs', () => {
    const present = { ...signed, answers: {}, evidenceLinks: [] };
    expect(changedParts('I.2.a', signed, present)).toEqual(['response', 'explanation', 'evidence']);
    expect(verdictStands(about('I.2.b'), present, signed)).toBe(false);
  });

  it('stands when evidence was linked to another criterion, or unlinked there', () => {
    const elsewhere = { ...link('contract'), criterionKey: 'I.2.b' };
    const present = { ...signed, evidenceLinks: [...signed.evidenceLinks, elsewhere] };
    expect(verdictStands(about('I.2.a'), signed, present)).toBe(true);
    expect(verdictStands(about('I.2.a'), present, signed)).toBe(true);
    expect(verdictStands(about('I.2.b'), signed, present)).toBe(false);
  });

  it('stands for a criterion that was answered on neither side, whatever its name', () => {
    expect(verdictStands(about('IV.2.a'), signed, signed)).toBe(true);
    expect(verdictStands(about('constructor'), signed, { ...signed, answers: {} })).toBe(true);
  });

  it('on an intake fact stands as long as the fact is stated the same', () => {
    expect(verdictStands(aboutIntake('authorisedAgents'), signed, { ...signed, answers: {} })).toBe(true);
    const present = { ...signed, intake: { authorisedAgents: false } };
    expect(verdictStands(aboutIntake('authorisedAgents'), signed, present)).toBe(false);
  });
});
