'use server';

import { submitForm } from '#lib/action.ts';
import type { FormResult } from '#services/form-result.ts';
import {
  type ImportedOutside,
  importOutsideResults,
  importOutsideResultsInput,
} from '#services/reviews/import-outside-results.ts';
import {
  type OutsidePreview,
  previewOutsideResults,
  previewOutsideResultsInput,
} from '#services/reviews/preview-outside-results.ts';
import { withTable } from './with-table.ts';

/** One form, two buttons: to see what a table would change, and to take it in. */
export async function outsideResultsAction(
  _previous: FormResult<OutsidePreview | ImportedOutside>,
  form: FormData,
): Promise<FormResult<OutsidePreview | ImportedOutside>> {
  const posted = await withTable(form);
  if (posted.get('intent') !== 'import') {
    return submitForm(
      { name: 'outside.preview', input: previewOutsideResultsInput, verb: previewOutsideResults, keepWhenDone: true },
      posted,
    );
  }
  return submitForm({ name: 'outside.import', input: importOutsideResultsInput, verb: importOutsideResults }, posted);
}
