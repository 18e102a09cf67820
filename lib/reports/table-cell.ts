/** What a cell of a table holds; a score is a number, so that a spreadsheet can count with it. */
export type Cell = string | number | null;
export type Row = readonly Cell[];

/** Whether a spreadsheet would run a text as a formula: what begins so, also behind white space or in its wide form. */
export const looksLikeFormula = (text: string) => /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(text);
