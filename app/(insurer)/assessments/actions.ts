'use server';

import { assessmentPath, receiptPath } from '#components/assessment/paths.ts';
import { type FormResult, keepTyped, submitForm, type TypedResult } from '#lib/action.ts';
import { type SavedIntake, saveIntake, saveIntakeInput } from '#services/assessments/save-intake.ts';
import { type Submitted, submitAssessment, submitAssessmentInput } from '#services/assessments/submit-assessment.ts';
import {
  type Withdrawn,
  withdrawAssessment,
  withdrawAssessmentInput,
} from '#services/assessments/withdraw-assessment.ts';

export async function saveIntakeAction(_previous: unknown, form: FormData): Promise<TypedResult<SavedIntake>> {
  const result = await submitForm(
    {
      name: 'intake.save',
      input: saveIntakeInput,
      verb: saveIntake,
      next: (saved) => assessmentPath(saved.assessmentId),
    },
    form,
  );
  return keepTyped(result, form, (name) => name.startsWith('fact.'));
}

export async function submitAssessmentAction(_previous: unknown, form: FormData): Promise<TypedResult<Submitted>> {
  const result = await submitForm(
    {
      name: 'assessment.submit',
      input: submitAssessmentInput,
      verb: submitAssessment,
      next: (submitted) => receiptPath(submitted.assessmentId),
    },
    form,
  );
  return keepTyped(result, form, (name) => ['signatoryName', 'signatoryFunction', 'declared'].includes(name));
}

export async function withdrawAssessmentAction(_previous: unknown, form: FormData): Promise<FormResult<Withdrawn>> {
  return submitForm(
    {
      name: 'assessment.withdraw',
      input: withdrawAssessmentInput,
      verb: withdrawAssessment,
      next: (withdrawn) => assessmentPath(withdrawn.assessmentId),
    },
    form,
  );
}
