'use server';

import { submitForm } from '#lib/action.ts';
import { evidenceContext } from '#services/evidence/evidence-context.ts';
import type { FormResult } from '#services/form-result.ts';
import { type TakenOverAnswer, takeOverAnswer, takeOverAnswerInput } from '#services/last-round/take-over-answer.ts';
import {
  type TakenOverSection,
  takeOverSection,
  takeOverSectionInput,
} from '#services/last-round/take-over-section.ts';

export async function takeOverAnswerAction(
  _previous: FormResult<TakenOverAnswer>,
  form: FormData,
): Promise<FormResult<TakenOverAnswer>> {
  return submitForm(
    {
      name: 'answer.take_over',
      input: takeOverAnswerInput,
      verb: (ctx, input) => takeOverAnswer(evidenceContext(ctx), input),
    },
    form,
  );
}

export async function takeOverSectionAction(
  _previous: FormResult<TakenOverSection>,
  form: FormData,
): Promise<FormResult<TakenOverSection>> {
  return submitForm(
    {
      name: 'answer.take_over_section',
      input: takeOverSectionInput,
      verb: (ctx, input) => takeOverSection(evidenceContext(ctx), input),
    },
    form,
  );
}
