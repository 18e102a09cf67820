const largestFile = 2_000_000;

/** A form in which a chosen file, sent without script, stands as the text that it holds. */
export async function withTable(form: FormData): Promise<FormData> {
  const file = form.get('file');
  form.delete('file');
  if (file instanceof File && file.size > 0) {
    // One that is too large is not read: a text just over the limit gives the same answer.
    form.set('table', file.size > largestFile ? ' '.repeat(largestFile + 1) : await file.text());
  }
  return form;
}
