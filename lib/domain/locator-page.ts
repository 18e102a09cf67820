const named =
  /(?:^|[^\p{L}\p{N}])(?:bladzijden?|bladz|blz|pagina['’]?s?|pages?|pag|pp|pg|p)\.?\s*(\d{1,4})(?![\p{L}\d])/iu;
const bare = /^\s*(\d{1,4})(?:\s*(?:[-–—]|t\/m|tot|to)\s*\d{1,4})?\s*$/;

/**
 * The page that a place in a piece names, as people write it ("blz. 4–7", "pagina 12", "p. 3", "8"); the first of several.
 * Null where it names another kind of place: a paragraph, a sheet, a row.
 */
export function locatorPage(locator: string): number | null {
  const found = named.exec(locator)?.[1] ?? bare.exec(locator)?.[1];
  const page = Number(found ?? 0);
  return page > 0 ? page : null;
}
