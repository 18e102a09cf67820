import { describe, expect, it } from 'vitest';
import { differenceOf, sittingsOf } from '#components/assessment/answer/answer-sittings.ts';
import type { AnswerVersion } from '#services/history/get-answer-history.ts';

const version = (number: number, minutes: number, userId: string): AnswerVersion => ({
  version: number,
  response: 'met',
  explanation: `Tekst ${number}`,
  savedAt: new Date(Date.UTC(2026, 10, 22, 9, minutes)),
  by: { userId, name: userId, you: false },
  next: null,
});

describe('the versions of an answer', () => {
  it('are gathered as long as one person goes on saving', () => {
    const versions = [
      version(6, 60, 'a'),
      version(5, 44, 'a'),
      version(4, 31, 'a'),
      version(3, 30, 'b'),
      version(2, 29, 'a'),
      version(1, 20, 'a'),
    ];
    expect(
      sittingsOf(versions).map(({ last, between }) => [last.version, ...between.map((one) => one.version)]),
    ).toEqual([[6], [5, 4], [3], [2, 1]]);
  });

  it('are none where nothing was saved', () => {
    expect(sittingsOf([])).toEqual([]);
  });
});

describe('what changed between two texts', () => {
  const of = (earlier: string, later: string) =>
    differenceOf({ response: null, explanation: earlier }, { response: null, explanation: later });

  it('is told as what went and what came', () => {
    expect(of('Wij lezen 40 rapporten terug.', 'Wij lezen 60 rapporten terug en bellen klanten.')).toEqual({
      gone: ['40'],
      added: ['60', 'en bellen klanten'],
    });
  });

  it('is nothing between equal texts, and nothing where only space changed', () => {
    expect(of('Gelijk.', 'Gelijk.')).toEqual({ gone: [], added: [] });
    expect(of('Een  regel.', 'Een regel.')).toEqual({ gone: [], added: [] });
  });
});
