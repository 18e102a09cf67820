'use server';

import { submitForm } from '#lib/action.ts';
import type { FormResult } from '#services/form-result.ts';
import { planPublications, planPublicationsInput } from '#services/publications/plan-publications.ts';
import { publishAssessment, publishAssessmentInput } from '#services/publications/publish-assessment.ts';
import { unplanPublication, unplanPublicationInput } from '#services/publications/unplan-publication.ts';
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

export async function planPublicationsAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'outcome.plan',
      input: planPublicationsInput,
      verb: planPublications,
      next: () => outcomesOf(form, `?done=${form.get('when') === 'now' ? 'now' : 'planned'}#decided`),
    },
    form,
  );
}

export async function unplanPublicationAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'outcome.unplan',
      input: unplanPublicationInput,
      verb: unplanPublication,
      next: () => outcomesOf(form, '?done=unplanned#decided'),
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

const outcomesOf = (form: FormData, rest = '') =>
  `/rounds/${encodeURIComponent(String(form.get('roundId')))}/outcomes${rest}`;
