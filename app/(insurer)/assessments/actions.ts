'use server';

import { assessmentPath, receiptPath, requestPath } from '#components/assessment/paths.ts';
import { submitForm } from '#lib/action.ts';
import { askExtension, askExtensionInput } from '#services/assessments/ask-extension.ts';
import { type SavedIntake, saveIntake, saveIntakeInput } from '#services/assessments/save-intake.ts';
import { type Submitted, submitAssessment, submitAssessmentInput } from '#services/assessments/submit-assessment.ts';
import {
  type Withdrawn,
  withdrawAssessment,
  withdrawAssessmentInput,
} from '#services/assessments/withdraw-assessment.ts';
import type { FormResult } from '#services/form-result.ts';

export async function saveIntakeAction(_previous: unknown, form: FormData): Promise<FormResult<SavedIntake>> {
  return submitForm(
    {
      name: 'intake.save',
      input: saveIntakeInput,
      verb: saveIntake,
      next: (saved) => assessmentPath(saved.assessmentId),
    },
    form,
  );
}

export async function submitAssessmentAction(_previous: unknown, form: FormData): Promise<FormResult<Submitted>> {
  return submitForm(
    {
      name: 'assessment.submit',
      input: submitAssessmentInput,
      verb: submitAssessment,
      next: (submitted) => receiptPath(submitted.assessmentId),
    },
    form,
  );
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

export async function askExtensionAction(_previous: unknown, form: FormData): Promise<FormResult<unknown>> {
  return submitForm(
    {
      name: 'extension.ask',
      input: askExtensionInput,
      verb: askExtension,
      // From the page of one question back to it: what is being written there stays in sight.
      next: ({ assessmentId }, field) =>
        field('informationRequestId')
          ? requestPath(assessmentId, field('informationRequestId'))
          : assessmentPath(assessmentId),
    },
    form,
  );
}
