import { describe, expect, it } from 'vitest';
import { convinced } from '#components/dashboard/evidence-told.ts';
import { outcomeDocument } from '#components/dashboard/outcome-document.ts';
import type { Ground, Response } from '#domain/answers.ts';
import { outcomeReport } from '#lib/reports/outcome-report.ts';
import { outcomeSheets } from '#lib/reports/outcome-table.ts';
import { norm } from '../support/frameworks.ts';
import { outcomeCase, outcomeIntake } from '../support/outcome-case.ts';
import { readPdf } from '../support/read-pdf.ts';

const judged = (answer: Response | null, response: Response, ground: Ground | null = null, pieces = 1) =>
  convinced(
    {
      key: 'I.2.a',
      applies: true,
      answer: { response: answer, explanation: '' },
      outside: null,
      verdict: { response, overrides: response !== answer, ground, reason: '' },
    },
    pieces,
  );

describe('whether the evidence of a criterion convinced', () => {
  it('follows from the verdict: it stands, was raised, was not demonstrated, or differs on another ground', () => {
    expect(judged('met', 'met')).toBe('convinced');
    expect(judged('partly', 'partly')).toBe('convinced');
    expect(judged('partly', 'met', 'new_information')).toBe('convinced');
    expect(judged('met', 'partly', 'not_demonstrated')).toBe('notConvinced');
    expect(judged('met', 'partly', 'practice_differs')).toBe('otherGround');
    expect(judged('met', 'not_met', 'explained_differently')).toBe('otherGround');
    expect(judged('not_met', 'not_met')).toBe('given');
  });

  it('says nothing where no evidence was given, but that it lacks where it was not demonstrated', () => {
    expect(judged('met', 'met', null, 0)).toBe('given');
    expect(judged('met', 'not_met', 'not_demonstrated', 0)).toBe('none');
    const unjudged = { key: 'I.2.a', applies: true, answer: null, outside: null, verdict: null };
    expect(convinced(unjudged, 1)).toBe('given');
  });

  it('stands in the sheet and the PDF beside each criterion', async () => {
    const overridden = { response: 'partly' as const, ground: 'not_demonstrated' as const, reason: 'Te oud.' };
    const { dashboard } = outcomeCase({
      intake: outcomeIntake,
      answers: Object.fromEntries(norm.criteria.map(({ key }) => [key, 'met' as const])),
      verdicts: { 'I.2.a': overridden, 'I.2.b': overridden },
    });
    const document = outcomeDocument({ dashboard }, 'nl');
    const [head = [], ...rows] = [...(outcomeSheets(document)[1]?.rows ?? [])];
    const column = head.indexOf('Oordeel over het bewijs');
    const told = Object.fromEntries(rows.map((row) => [String(row[1]), row[column]]));
    expect(told).toMatchObject({ 'I.2.a': 'overtuigde niet', 'I.2.b': 'geen bewijs gegeven', 'I.2.c': '' });
    const { text } = await readPdf((await outcomeReport(document, 'complete')).pdf);
    expect(text).toMatch(/overtuigde niet[\s\S]*Beleid claimbehandeling[\s\S]*geen bewijs gegeven/);
  });
});
