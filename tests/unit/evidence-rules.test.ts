import { describe, expect, test } from 'vitest';
import type { Response } from '#domain/answers.ts';
import { type EvidenceFacts, evidenceNotices, type SubmissionFacts, submissionBlocks } from '#domain/evidence-rules.ts';
import { evidenceLimits, evidenceTypeOf, evidenceTypes } from '#domain/evidence-types.ts';
import { norm } from '../support/frameworks.ts';

const intake = { ownLossAdjusters: true, externalLossAdjusters: true, authorisedAgents: true };
const asked = norm.criteria.filter((criterion) => criterion.evidenceAsked).map(({ key }) => key);

const file = (criterion: string | null, scan: EvidenceFacts['scan'] = 'clean'): EvidenceFacts => ({
  criterion,
  scan,
  locator: 'blz. 4',
});

/** All answered met with an explanation, and a file wherever the norm asks for evidence: ready to submit. */
function ready(change: Partial<SubmissionFacts> = {}): SubmissionFacts {
  return {
    intake,
    answers: Object.fromEntries(
      norm.criteria.map(({ key }) => [key, { response: 'met', explanation: 'Zo doen wij het.' }]),
    ),
    evidence: asked.map((key) => file(key)),
    ...change,
  };
}

function withAnswer(key: string, response: Response | null, explanation = ''): SubmissionFacts['answers'] {
  return { ...ready().answers, [key]: { response, explanation } };
}

const blocks = (change: Partial<SubmissionFacts> = {}) => submissionBlocks(norm, ready(change));

describe('what blocks submitting', () => {
  test('nothing, when everything is there', () => {
    expect(blocks()).toEqual([]);
  });

  test('a profile question without an answer, each one', () => {
    expect(blocks({ intake: { authorisedAgents: false } })).toEqual([
      { intake: 'ownLossAdjusters', code: 'intake_missing' },
      { intake: 'externalLossAdjusters', code: 'intake_missing' },
    ]);
  });

  test('an applicable criterion without a response', () => {
    const { 'I.2.a': _, ...answers } = ready().answers;
    expect(blocks({ answers })).toEqual([{ criterion: 'I.2.a', code: 'unanswered' }]);
    expect(blocks({ answers: withAnswer('I.2.a', null, 'Nog uitzoeken') })).toEqual([
      { criterion: 'I.2.a', code: 'unanswered' },
    ]);
  });

  test('yes without evidence where the norm says aantoonbaar, laat zien or kan aantonen, whatever is explained', () => {
    expect(blocks({ evidence: [] })).toEqual(asked.map((criterion) => ({ criterion, code: 'evidence_missing' })));
  });

  test('yes elsewhere without a word and without evidence', () => {
    const answers = withAnswer('I.2.a', 'met', '  \n');
    expect(blocks({ answers })).toEqual([{ criterion: 'I.2.a', code: 'explanation_or_evidence_missing' }]);
    expect(blocks({ answers, evidence: [...ready().evidence, file('I.2.a')] })).toEqual([]);
    expect(blocks({ answers: withAnswer('I.2.a', 'met', 'Uitleg') })).toEqual([]);
  });

  test('partly without an explanation, even with evidence', () => {
    const evidence = [...ready().evidence, file('I.2.a')];
    expect(blocks({ answers: withAnswer('I.2.a', 'partly'), evidence })).toEqual([
      { criterion: 'I.2.a', code: 'explanation_missing' },
    ]);
    expect(blocks({ answers: withAnswer('I.2.a', 'partly', 'Nog niet overal') })).toEqual([]);
    expect(blocks({ answers: withAnswer('I.5.b', 'partly', 'Nog niet overal'), evidence: [] })).not.toContainEqual(
      expect.objectContaining({ criterion: 'I.5.b' }),
    );
  });

  test('no needs nothing', () => {
    expect(
      blocks({ answers: withAnswer('I.5.b', 'not_met'), evidence: asked.slice(1).map((key) => file(key)) }),
    ).toEqual([]);
  });

  test('a refused file, which is no evidence either; one that awaits its scan is', () => {
    const others = asked.filter((key) => key !== 'I.5.b').map((key) => file(key));
    expect(blocks({ evidence: [...others, file('I.5.b', 'refused')] })).toEqual([
      { criterion: 'I.5.b', code: 'evidence_missing' },
      { criterion: 'I.5.b', code: 'file_refused' },
    ]);
    expect(blocks({ evidence: [...others, file('I.5.b', 'waiting')] })).toEqual([]);
    expect(blocks({ evidence: [...others, file('I.5.b', null)] })).toEqual([]);
    expect(blocks({ evidence: [...ready().evidence, file(null, 'refused')] })).toEqual([{ code: 'file_refused' }]);
  });

  test('nothing of a criterion that does not apply, hidden as it is', () => {
    const { 'IV.2.a': _, ...answers } = ready().answers;
    const evidence = [...ready().evidence, file('IV.3.a', 'refused')];
    expect(blocks({ intake: { ...intake, authorisedAgents: false }, answers, evidence })).toEqual([]);
  });

  test('nothing of a refused file in a section that is carried, where no submission takes it along', () => {
    const evidence = [...ready().evidence, file('IV.3.a', 'refused')];
    expect(blocks({ evidence })).toEqual([{ criterion: 'IV.3.a', code: 'file_refused' }]);
    expect(blocks({ carried: { IV: 4 }, evidence })).toEqual([]);
  });

  test('nothing of a criterion with an outside result but a refused file', () => {
    const { 'V.2.a': _, ...answers } = ready().answers;
    expect(blocks({ answers, outside: { 'V.2.a': 'not_met' } })).toEqual([]);
    const evidence = [...ready().evidence, file('V.2.a', 'refused')];
    expect(blocks({ answers, outside: { 'V.2.a': 'met' }, evidence })).toEqual([
      { criterion: 'V.2.a', code: 'file_refused' },
    ]);
  });
});

describe('what deserves a word but blocks nothing', () => {
  test('a place that is not named, and a file that awaits its scan', () => {
    expect(
      evidenceNotices([
        { criterion: 'I.2.a', scan: 'clean', locator: 'blz. 4' },
        { criterion: 'I.2.b', scan: 'waiting', locator: ' ' },
        { criterion: 'I.2.c', scan: null, locator: null },
        { criterion: null, scan: 'waiting', locator: null },
      ]),
    ).toEqual([
      { criterion: 'I.2.b', code: 'locator_missing' },
      { criterion: 'I.2.b', code: 'file_awaits_scan' },
      { criterion: 'I.2.c', code: 'locator_missing' },
      { criterion: null, code: 'file_awaits_scan' },
    ]);
  });
});

describe('what may be uploaded', () => {
  test.each(['pdf', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'png', 'jpeg', 'csv', 'txt', 'eml'])('%s', (extension) => {
    expect(evidenceTypeOf(`Bewijs 1.2.${extension.toUpperCase()}`)?.extension).toBe(extension);
  });

  test('a picture from a camera that says jpg', () => {
    expect(evidenceTypeOf('foto.jpg')?.mediaType).toBe('image/jpeg');
  });

  test.each([
    'a.docm',
    'a.xlsm',
    'a.zip',
    'a.exe',
    'a.pdf.exe',
    'a.html',
    'a.svg',
    'pdf',
    '.pdf',
    '',
    'a.pdf.',
    'a.pdfx',
  ])('not %j', (name) => {
    expect(evidenceTypeOf(name)).toBeUndefined();
  });

  test('eleven kinds, up to 100 MB a file and 2 GB an assessment', () => {
    expect(evidenceTypes).toHaveLength(11);
    expect(evidenceLimits).toEqual({ file: 104_857_600, assessment: 2_147_483_648, organisation: 21_474_836_480 });
  });
});
