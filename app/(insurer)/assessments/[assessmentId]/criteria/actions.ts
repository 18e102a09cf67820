'use server';

import { submitForm } from '#lib/action.ts';
import { type SavedAnswer, saveAnswer, saveAnswerInput } from '#services/assessments/save-answer.ts';
import type { FormResult } from '#services/form-result.ts';

export async function saveAnswerAction(
  _previous: FormResult<SavedAnswer>,
  form: FormData,
): Promise<FormResult<SavedAnswer>> {
  return submitForm(
    {
      name: 'answer.save',
      input: saveAnswerInput,
      verb: saveAnswer,
      next: ({ next }, posted) => {
        if (posted.get('intent') !== 'next') return null;
        const assessment = `/assessments/${String(posted.get('assessmentId'))}`;
        return next ? `${assessment}/criteria/${next}` : `${assessment}/check`;
      },
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
      next: (_, posted) => `/assessments/${posted.get('assessmentId')}/criteria/${posted.get('criterionKey')}`,
    },
    form,
  );
}
