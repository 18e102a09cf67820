'use server';

import { submitForm } from '#lib/action.ts';
import type { FormResult } from '#services/form-result.ts';
import { answerRequest, answerRequestInput } from '#services/requests/answer-request.ts';
import { saveSupplement, saveSupplementInput } from '#services/requests/save-supplement.ts';

export async function saveSupplementAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm<typeof saveSupplementInput, unknown>(
    { name: 'supplement.save', input: saveSupplementInput, verb: saveSupplement, keepWhenDone: true },
    form,
  );
}

/** Sends; pressing the button that saves, on a page without script, only saves. */
export async function answerRequestAction(previous: FormResult<unknown>, form: FormData) {
  if (form.get('intent') === 'save') return saveSupplementAction(previous, form);
  return submitForm<typeof answerRequestInput, unknown>(
    {
      name: 'request.answer',
      input: answerRequestInput,
      verb: answerRequest,
      next: () => `/assessments/${form.get('assessmentId')}/requests/${form.get('requestId')}`,
    },
    form,
  );
}
