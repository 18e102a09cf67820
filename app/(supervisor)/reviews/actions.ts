'use server';

import { submitForm } from '#lib/action.ts';
import type { FormResult } from '#services/form-result.ts';
import { confirmUndisputed, confirmUndisputedInput } from '#services/reviews/confirm-undisputed.ts';
import { decideCriterion, decideCriterionInput } from '#services/reviews/decide-criterion.ts';
import { decideIntake, decideIntakeInput } from '#services/reviews/decide-intake.ts';
import { declareConflict, declareConflictInput } from '#services/reviews/declare-conflict.ts';
import { determineSection, determineSectionInput } from '#services/reviews/determine-section.ts';
import { proposeOutcome, proposeOutcomeInput } from '#services/reviews/propose-outcome.ts';
import { returnAssessment, returnAssessmentInput } from '#services/reviews/return-assessment.ts';
import { startReview, startReviewInput } from '#services/reviews/start-review.ts';

const review = (form: FormData) => `/reviews/${form.get('assessmentId')}`;

export async function decideCriterionAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'verdict.decide',
      input: decideCriterionInput,
      verb: decideCriterion,
      next: ({ sectionKey, next }) =>
        `${review(form)}/sections/${sectionKey}${next ? `?criterion=${next}` : '/determination'}`,
    },
    form,
  );
}

export async function decideIntakeAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'verdict.decide',
      input: decideIntakeInput,
      verb: decideIntake,
      // Without the fact's own anchor: where only that differs, the browser keeps the page that it has.
      next: () => `${review(form)}/intake`,
    },
    form,
  );
}

export async function confirmUndisputedAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'verdict.confirm_undisputed',
      input: confirmUndisputedInput,
      verb: confirmUndisputed,
      next: () => {
        const section = String(form.get('sectionKey') ?? '');
        return section ? `${review(form)}/sections/${encodeURIComponent(section)}` : review(form);
      },
    },
    form,
  );
}

export async function determineSectionAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'determination.determine',
      input: determineSectionInput,
      verb: determineSection,
      next: () => review(form),
    },
    form,
  );
}

export async function startReviewAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    { name: 'review.start', input: startReviewInput, verb: startReview, next: () => review(form) },
    form,
  );
}

export async function proposeOutcomeAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    { name: 'outcome.propose', input: proposeOutcomeInput, verb: proposeOutcome, next: () => review(form) },
    form,
  );
}

export async function returnAssessmentAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'assessment.return',
      input: returnAssessmentInput,
      verb: returnAssessment,
      next: () => review(form),
    },
    form,
  );
}

export async function declareConflictAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'conflict.declare',
      input: declareConflictInput,
      verb: declareConflict,
      // The page of the case is not there any more for who declared.
      next: () => '/reviews?declared=1',
    },
    form,
  );
}
