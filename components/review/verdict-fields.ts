export type VerdictOption = {
  value: string;
  label: string;
  /** The insurer's own answer, or the outside result: choosing it confirms. */
  own: boolean;
  /** The line "Gevolg". */
  effect: string;
  /** What must be judged first (norm framework clause 14). */
  weakened: { sentence: string; links: { key: string; href: string }[] } | null;
};

/** What the verb says a colleague decided meanwhile. */
export type Theirs = {
  version: number;
  response: string | null;
  intakeValue: boolean | null;
  ground: string | null;
  reason: string;
};

/** What stands in the form's fields, by their names. */
export type Fields = Record<string, string>;

/** The control that a refusal is about, by its field or its code. */
export const fieldsOf = (prefix: string, choiceName: string) => ({
  [choiceName]: `${prefix}-choice`,
  override_reasoned: `${prefix}-reason`,
  reason: `${prefix}-reason`,
});

export function wordOf(fields: Fields, choiceName: string) {
  return { choice: fields[choiceName] ?? '', ground: fields.ground ?? '', reason: fields.reason ?? '' };
}

/** What was chosen and typed on the page before its script came; the library would put the first values back. */
export function chosenBefore(verdictId: string): Fields {
  if (typeof document === 'undefined') return {};
  const key = document.querySelector<HTMLInputElement>(`input[name="id"][value="${verdictId}"]`);
  if (!key?.form) return {};
  return Object.fromEntries([...new FormData(key.form)].filter(([, value]) => typeof value === 'string')) as Fields;
}

/** Null where what a colleague did was to take a verdict back. */
export function labelOf({ response, intakeValue }: Theirs, options: readonly VerdictOption[]): string | null {
  const value = response ?? (intakeValue === null ? null : intakeValue ? 'yes' : 'no');
  return options.find((option) => option.value === value)?.label ?? value;
}

/** The verdict that the page was drawn with, as a colleague's word. */
export function wordOfPage(
  choiceName: string,
  version: number,
  current: { choice: string; ground: string; reason: string },
): Theirs {
  const { choice, ground, reason } = current;
  const said =
    choiceName === 'value'
      ? { response: null, intakeValue: choice === 'yes' }
      : { response: choice, intakeValue: null };
  return { version, ...said, ground, reason };
}
