'use server';

import { submitForm } from '#lib/action.ts';
import type { FormResult } from '#services/form-result.ts';
import { publishAssessment, publishAssessmentInput } from '#services/publications/publish-assessment.ts';
import { makeRelease, makeReleaseInput } from '#services/releases/make-release.ts';

export async function publishFromRoundAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'outcome.publish',
      input: publishAssessmentInput,
      verb: publishAssessment,
      next: () => outcomesOf(form),
    },
    form,
  );
}

export async function makeReleaseAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    { name: 'release.make', input: makeReleaseInput, verb: makeRelease, next: () => outcomesOf(form) },
    form,
  );
}

const outcomesOf = (form: FormData) => `/rounds/${encodeURIComponent(String(form.get('roundId')))}/outcomes`;
