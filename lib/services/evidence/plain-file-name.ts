/** A file name as text only: no folder, no control or direction character, at most 200 characters with its extension. */
export function plainFileName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const plain = base
    .normalize('NFC')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim();
  const dot = plain.lastIndexOf('.');
  if (plain.length <= 200) return plain;
  const cut = `${plain.slice(0, 200 - (plain.length - dot))}${plain.slice(dot)}`.slice(0, 200);
  // A character of two halves that the cut went through is left out whole.
  return cut.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '');
}
