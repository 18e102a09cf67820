'use server';

import { submitForm } from '#lib/action.ts';
import type { FormResult } from '#services/form-result.ts';
import { openRelease, openReleaseInput } from '#services/open-data/open-release.ts';
import { withdrawRelease, withdrawReleaseInput } from '#services/open-data/withdraw-release.ts';

export async function openReleaseAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    { name: 'release.open', input: openReleaseInput, verb: openRelease, next: () => sectorOf(form) },
    form,
  );
}

export async function withdrawReleaseAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    { name: 'release.withdraw', input: withdrawReleaseInput, verb: withdrawRelease, next: () => sectorOf(form) },
    form,
  );
}

function sectorOf(form: FormData) {
  const [round, release] = ['roundId', 'release'].map((name) => encodeURIComponent(String(form.get(name))));
  return `/rounds/${round}/sector?release=${release}`;
}
