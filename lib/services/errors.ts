/** The one family of errors that verbs throw. The screen owns the words; `because` is a code or a list of them. */
export type RefusalCode = 'not_found' | 'forbidden' | 'conflict' | 'precondition' | 'invalid' | 'busy' | 'signed_out';

export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly because: readonly string[];
  /** What the screen needs to help on, such as both texts of a conflict. Never anything the actor may not see. */
  readonly detail: unknown;

  constructor(code: RefusalCode, because: readonly string[] = [], detail: unknown = null) {
    super(`${code}: ${because.join(', ')}`);
    this.name = 'Refusal';
    this.code = code;
    this.because = because;
    this.detail = detail;
  }
}

/** What does not exist, or not for this actor: the two look the same. */
export const notFound = () => new Refusal('not_found');
export const forbidden = (because: string) => new Refusal('forbidden', [because]);
/** The input was made on an older version; `detail` holds the current one. */
export const conflict = (detail: unknown) => new Refusal('conflict', ['stale_version'], detail);
/** The state or a guard of the workflow does not allow it; every failing guard is named. */
export const precondition = (failing: readonly string[], detail: unknown = null) =>
  new Refusal('precondition', failing, detail);
/** The input is wrong: `fields` maps a field to a code. */
export const invalid = (fields: Readonly<Record<string, string>>) =>
  new Refusal('invalid', Object.values(fields), fields);
export const busy = (because: string) => new Refusal('busy', [because]);
