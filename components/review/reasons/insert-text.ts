/** Puts a text at the cursor of a field, apart from what stands around it. */
export function insertText(field: HTMLTextAreaElement, text: string) {
  const [before, after] = [field.value.slice(0, field.selectionEnd), field.value.slice(field.selectionEnd)];
  const start = before === '' || /\s$/.test(before) ? '' : ' ';
  const end = after === '' || /^\s/.test(after) ? '' : ' ';
  field.setRangeText(`${start}${text}${end}`, field.selectionEnd, field.selectionEnd, 'end');
  field.focus();
  // The form keeps its draft, as after a key.
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
