'use server';

import { submitForm } from '#lib/action.ts';
import type { FormResult } from '#services/form-result.ts';
import { importFramework, importFrameworkInput } from '#services/frameworks/import-framework.ts';
import {
  type FrameworkPreview,
  previewFramework,
  previewFrameworkInput,
} from '#services/frameworks/preview-framework.ts';
import { withDocument } from './with-document.ts';

/** One form, two buttons: to see what the document holds, and to import it. */
export async function frameworkAction(
  _previous: FormResult<FrameworkPreview | { ref: string }>,
  form: FormData,
): Promise<FormResult<FrameworkPreview | { ref: string }>> {
  const posted = await withDocument(form);
  if (posted.get('intent') !== 'import') {
    return submitForm(
      { name: 'framework.preview', input: previewFrameworkInput, verb: previewFramework, keepWhenDone: true },
      posted,
    );
  }
  return submitForm(
    {
      name: 'framework.import',
      input: importFrameworkInput,
      verb: importFramework,
      next: ({ ref }) => `/frameworks/${encodeURIComponent(ref)}`,
    },
    posted,
  );
}
