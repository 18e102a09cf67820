import { expect, it } from 'vitest';
import { refusedPath } from '#components/assessment/evidence/library-path.ts';
import { listEvidenceInput } from '#services/evidence/list-evidence.ts';

it('leads to the refused files of the library', () => {
  const assessmentId = '11111111-1111-4111-8111-111111111111';
  const { pathname, searchParams } = new URL(refusedPath(assessmentId), 'https://trede.example');
  expect(pathname).toBe(`/assessments/${assessmentId}/evidence`);
  expect(listEvidenceInput.parse({ assessmentId, ...Object.fromEntries(searchParams) }).view).toBe('refused');
});
