import { describe, expect, it } from 'vitest';
import { type Step, stepKeys, stepOfDecision } from '#components/review/step-keys.ts';
import { messages } from '#lib/i18n/messages.ts';

const steps = Object.keys(stepKeys) as Step[];

describe('the shortcuts of the steps of a case', () => {
  it('give each step a letter of its own, and leave J and K for going through', () => {
    const letters = Object.values(stepKeys);
    expect(new Set(letters).size).toBe(letters.length);
    expect(letters.filter((letter) => !/^[A-IL-Z]$/.test(letter))).toEqual([]);
  });

  it.each(['nl', 'en'] as const)('are named in the list, in %s', (locale) => {
    const named: Record<string, string> = messages[locale].desk.keys.list;
    expect(steps.filter((step) => !named[step])).toEqual([]);
  });

  it('reach every decision of a lead, each by another letter', () => {
    const letters = Object.values(stepOfDecision).map((step) => stepKeys[step]);
    expect(new Set(letters).size).toBe(letters.length);
  });
});
