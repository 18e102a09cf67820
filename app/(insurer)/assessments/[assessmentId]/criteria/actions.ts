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
