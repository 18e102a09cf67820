'use server';

import { largestList, listText, postedList } from '#components/assessment/claims/posted-list.ts';
import { submitForm } from '#lib/action.ts';
import { giveClaims, giveClaimsInput } from '#services/claims/give-claims.ts';
import { type ClaimsPreview, previewClaims, previewClaimsInput } from '#services/claims/preview-claims.ts';
import type { FormResult } from '#services/form-result.ts';
import { postedContent } from './posted-content.ts';

/** One form, two buttons: to see what the list holds, and to give it. A newly chosen file is always shown first. */
export async function giveClaimsAction(
  _previous: FormResult<ClaimsPreview>,
  form: FormData,
): Promise<FormResult<ClaimsPreview>> {
  const file = form.get('file');
  form.delete('file');
  const chosen = file instanceof File && file.size > 0 ? file : null;
  if (chosen) {
    form.set('fileName', chosen.name.slice(0, 200));
    form.set('content', (await postedList(chosen)) ?? 'too_large');
  }
  if (chosen || form.get('intent') !== 'give') {
    const input = previewClaimsInput.extend({ content: postedContent(listText, largestList) });
    return submitForm({ name: 'claims.preview', input, verb: previewClaims, keepWhenDone: true }, form);
  }
  const given = await submitForm(
    {
      name: 'claims.give',
      input: giving(),
      verb: giveClaims,
      next: () => `/assessments/${form.get('assessmentId')}/claims`,
    },
    form,
  );
  if (given.status === 'done') throw new Error('a list that was given leads on to the page of what was given');
  return given;
}

const giving = () => giveClaimsInput.extend({ content: postedContent(listText, largestList) });
