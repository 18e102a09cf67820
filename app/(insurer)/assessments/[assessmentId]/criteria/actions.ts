'use server';

import { type Posted, submitForm } from '#lib/action.ts';
import { type KeptAnswer, keptAnswer, saveAnswer, saveAnswerInput } from '#services/assessments/save-answer.ts';
import type { FormResult } from '#services/form-result.ts';

export async function saveAnswerAction(
  _previous: FormResult<KeptAnswer>,
  form: Posted,
): Promise<FormResult<KeptAnswer>> {
  return submitForm(
    {
      name: 'answer.save',
      input: saveAnswerInput,
      verb: saveAnswer,
      tell: keptAnswer,
      next: ({ next }, field) => {
        if (field('intent') !== 'next') return null;
        const assessment = `/assessments/${field('assessmentId')}`;
        return next ? `${assessment}/criteria/${next}` : `${assessment}/check`;
      },
    },
    form,
  );
}
