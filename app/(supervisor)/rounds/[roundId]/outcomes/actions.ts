'use server';

import { type FormResult, submitForm } from '#lib/action.ts';
import {
  type Published,
  publishAssessment,
  publishAssessmentInput,
} from '#services/publications/publish-assessment.ts';
import { makeRelease, makeReleaseInput, type Release } from '#services/releases/make-release.ts';

export async function publishFromRoundAction(_previous: FormResult<Published>, form: FormData) {
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

export async function makeReleaseAction(_previous: FormResult<Release>, form: FormData) {
  return submitForm(
    { name: 'release.make', input: makeReleaseInput, verb: makeRelease, next: () => outcomesOf(form) },
    form,
  );
}

const outcomesOf = (form: FormData) => `/rounds/${encodeURIComponent(String(form.get('roundId')))}/outcomes`;
