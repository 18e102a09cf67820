import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What a reader's program finds in a PDF: its text, and what it says of itself. */
export async function readPdf(pdf: Uint8Array) {
  const document = await getDocument({ data: Uint8Array.from(pdf), useSystemFonts: false, verbosity: 0 }).promise;
  const { info, metadata } = await document.getMetadata();
  const alternatives: string[] = [];
  let text = '';
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    text += `${items.map((item) => ('str' in item ? item.str : '')).join(' ')} `;
    collect(await page.getStructTree(), alternatives);
  }
  return {
    text: text.replace(/\u200B/g, '').replace(/\s+/g, ' '),
    pages: document.numPages,
    info: info as Record<string, string>,
    universal: metadata?.get('pdfuaid:part') as string | undefined,
    marked: (await document.getMarkInfo())?.Marked === true,
    bookmarks: ((await document.getOutline()) ?? []).flatMap(({ title, items }) => [
      title,
      ...items.map((one) => one.title),
    ]),
    alternatives,
  };
}

function collect(node: unknown, into: string[]) {
  if (typeof node !== 'object' || node === null) return;
  if ('alt' in node && typeof node.alt === 'string') into.push(node.alt);
  if ('children' in node && Array.isArray(node.children)) for (const child of node.children) collect(child, into);
}
