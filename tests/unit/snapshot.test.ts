import { describe, expect, test } from 'vitest';
import { canonicalJson, type JsonValue } from '#domain/canonical-json.ts';
import { scoreAssessment } from '#domain/scoring.ts';
import { keptScores } from '#domain/snapshot.ts';
import { norm, sketch } from '../support/frameworks.ts';

describe('what lists keep of a score', () => {
  test('both ends of each section and of the exact total; null where nothing applies', () => {
    const score = scoreAssessment(norm, { intake: { authorisedAgents: false }, answers: { 'I.2.a': 'partly' } });
    expect(keptScores(score)).toEqual({
      sections: {
        I: { low: 1, high: 1 },
        II: { low: 1, high: 5 },
        III: { low: 1, high: 5 },
        IV: null,
        V: { low: 1, high: 5 },
      },
      total: { low: '1', high: '4' },
    });
  });

  test('no total when no section applies', () => {
    const framework = sketch({ A: { appliesWhen: 'x', criteria: ['A.5.a'] } }, ['x']);
    const score = scoreAssessment(framework, { intake: { x: false }, answers: {} });
    expect(keptScores(score)).toEqual({ sections: { A: null }, total: null });
  });
});

test('a section’s trace can stand in a publication as it is', () => {
  const [section] = scoreAssessment(norm, { intake: {}, answers: { 'I.2.a': 'met' } }).sections;
  const text = canonicalJson(section as unknown as JsonValue);
  expect(JSON.parse(text)).toEqual(section);
});
