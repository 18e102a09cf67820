'use server';

import { submitForm } from '#lib/action.ts';
import { drawFromClaims, drawFromClaimsInput } from '#services/claims/draw-from-claims.ts';
import { recordFinding, recordFindingInput } from '#services/claims/record-finding.ts';
import type { FormResult } from '#services/form-result.ts';

export async function drawFromClaimsAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    { name: 'claims.draw', input: drawFromClaimsInput, verb: drawFromClaims, next: () => pageOf(form) },
    form,
  );
}

/** Goes on to the next file or criterion, so that many findings are recorded without leaving the keyboard. */
export async function recordFindingAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    { name: 'finding.record', input: recordFindingInput, verb: recordFinding, next: () => pageOf(form) },
    form,
  );
}

function pageOf(form: FormData): string {
  const page = `/reviews/${form.get('assessmentId')}/claims`;
  const [line, criterion] = [form.get('nextLine'), form.get('nextCriterion')];
  if (!line || !criterion) return page;
  return `${page}?${new URLSearchParams({ line: String(line), criterion: String(criterion) })}`;
}
