'use server';

import { type KeptResult, submitKeptForm } from '#lib/action.ts';
import { importFramework, importFrameworkInput } from '#services/frameworks/import-framework.ts';
import {
  type FrameworkPreview,
  previewFramework,
  previewFrameworkInput,
} from '#services/frameworks/preview-framework.ts';
import { withDocument } from './with-document.ts';

/** One form, two buttons: to see what the document holds, and to import it. */
export async function frameworkAction(
  _previous: KeptResult<FrameworkPreview | { ref: string }>,
  form: FormData,
): Promise<KeptResult<FrameworkPreview | { ref: string }>> {
  const posted = await withDocument(form);
  if (posted.get('intent') !== 'import') {
    return submitKeptForm({ name: 'framework.preview', input: previewFrameworkInput, verb: previewFramework }, posted);
  }
  return submitKeptForm(
    {
      name: 'framework.import',
      input: importFrameworkInput,
      verb: importFramework,
      next: ({ ref }) => `/frameworks/${encodeURIComponent(ref)}`,
    },
    posted,
  );
}
