/** The largest list that is read, in bytes: 10,000 claims of 140 characters. */
export const largestList = 1_400_000;

/**
 * A chosen file as a form field: base64 of its text in UTF-8, so that no browser changes a line end and the hash is that
 * of the file. What is no UTF-8 is read as office programs of Windows write it.
 * @returns null when it is too large
 */
export async function postedList(file: File): Promise<string | null> {
  if (file.size > largestList) return null;
  const bytes = new Uint8Array(await file.arrayBuffer());
  return toBase64(new TextEncoder().encode(decode(bytes)));
}

/** The text of such a field. */
export function listText(posted: string): string {
  const bytes = Uint8Array.from(atob(posted), (sign) => sign.charCodeAt(0));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
