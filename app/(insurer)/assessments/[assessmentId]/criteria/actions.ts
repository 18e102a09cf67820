'use server';

import { type FormResult, submitForm } from '#lib/action.ts';
import { type SavedAnswer, saveAnswer, saveAnswerInput } from '#services/assessments/save-answer.ts';

export async function saveAnswerAction(
  _previous: FormResult<SavedAnswer>,
  form: FormData,
): Promise<FormResult<SavedAnswer>> {
  return submitForm(
    {
      name: 'answer.save',
      input: saveAnswerInput,
      verb: saveAnswer,
      keep: ['response', 'explanation'],
      next: ({ next }, posted) => {
        if (posted.get('intent') !== 'next') return null;
        const assessment = `/assessments/${String(posted.get('assessmentId'))}`;
        return next ? `${assessment}/criteria/${next}` : `${assessment}/check`;
      },
    },
    form,
  );
}
