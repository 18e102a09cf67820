'use server';

import { submitForm } from '#lib/action.ts';
import type { FormResult } from '#services/form-result.ts';
import { answerObjection, answerObjectionInput } from '#services/hearing/answer-objection.ts';
import { reopenReview, reopenReviewInput } from '#services/hearing/reopen-review.ts';
import { sendDraftOutcome, sendDraftOutcomeInput } from '#services/hearing/send-draft-outcome.ts';

const review = (form: FormData) => `/reviews/${form.get('assessmentId')}`;

export async function sendDraftOutcomeAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    { name: 'outcome.send', input: sendDraftOutcomeInput, verb: sendDraftOutcome, next: () => review(form) },
    form,
  );
}

export async function reopenReviewAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    { name: 'review.reopen', input: reopenReviewInput, verb: reopenReview, next: () => review(form) },
    form,
  );
}

export async function answerObjectionAction(_previous: unknown, form: FormData): Promise<FormResult<unknown>> {
  return submitForm({ name: 'objection.answer', input: answerObjectionInput, verb: answerObjection }, form);
}
