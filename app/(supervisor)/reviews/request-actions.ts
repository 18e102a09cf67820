'use server';

import { submitForm } from '#lib/action.ts';
import type { FormResult } from '#services/form-result.ts';
import { sendRequests, sendRequestsInput } from '#services/requests/send-requests.ts';
import { withdrawRequest, withdrawRequestInput } from '#services/requests/withdraw-request.ts';

export async function sendRequestsAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    { name: 'request.send', input: sendRequestsInput, verb: sendRequests, next: () => pageOf(form) },
    form,
  );
}

export async function withdrawRequestAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    { name: 'request.withdraw', input: withdrawRequestInput, verb: withdrawRequest, next: () => pageOf(form) },
    form,
  );
}

/** The criterion it was asked at, else the overview. */
function pageOf(form: FormData): string {
  const [section, criterion] = [form.get('sectionKey'), form.get('criterionKey') ?? form.get('criterionKey[]')];
  const overview = `/reviews/${form.get('assessmentId')}`;
  if (!section || !criterion) return overview;
  return `${overview}/sections/${encodeURIComponent(String(section))}?criterion=${encodeURIComponent(String(criterion))}`;
}
