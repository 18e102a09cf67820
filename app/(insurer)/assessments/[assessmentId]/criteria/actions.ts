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
