'use server';

import { pathAfter } from '#components/assessment/criterion/criterion-path.ts';
import { submitForm } from '#lib/action.ts';
import { saveAnswer, saveAnswerInput } from '#services/assessments/save-answer.ts';
import type { FormResult } from '#services/form-result.ts';

/** The answer as a page without script posts it; with script it goes through the route handler `answers`. */
export async function saveAnswerAction(_previous: FormResult<unknown>, form: FormData): Promise<FormResult<unknown>> {
  return submitForm(
    {
      name: 'answer.save',
      input: saveAnswerInput,
      verb: saveAnswer,
      next: ({ next }, field) => (field('intent') === 'next' ? pathAfter(field('assessmentId'), next) : null),
    },
    form,
  );
}

/** Puts an earlier text back: a save like any other, after which the criterion itself shows it. */
export async function restoreAnswerAction(
  _previous: FormResult<unknown>,
  form: FormData,
): Promise<FormResult<unknown>> {
  return submitForm(
    {
      name: 'answer.save',
      input: saveAnswerInput,
      verb: saveAnswer,
      next: (_, field) => `/assessments/${field('assessmentId')}/criteria/${field('criterionKey')}`,
    },
    form,
  );
}
