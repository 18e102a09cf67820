import type { FormResult } from '#services/form-result.ts';
import type { FieldProblem } from '../ui/error-summary.tsx';

/** What a form gets back when the verb refused. */
export type Refused = Extract<FormResult, { status: 'refused' }>;

/** A sentence for each code; `other` for what has none. */
export type RefusalWords = Readonly<Record<string, string>>;

/** Cases of a decision on many by their ids: how the screen names them, and where each is chosen. */
export type ChosenCases = Readonly<Record<string, { name: string; boxId: string }>>;

/**
 * Every reason of a refusal as a sentence, with the field that it is about.
 * @param fieldOf ids of controls, by code of the refusal or name of the field
 * @param cases where the refusal tells its reasons case by case, each is named
 */
export function problemsOf(
  refused: Refused,
  words: RefusalWords,
  fieldOf: Readonly<Record<string, string>> = {},
  cases: ChosenCases = {},
): FieldProblem[] {
  const sentence = (code: string) => words[code] ?? words.other ?? code;
  const named = Object.entries(refused.fields).map(([field, code]) =>
    problem(sentence(code), fieldOf[field] ?? fieldOf[code]),
  );
  if (named.length > 0) return named;
  const apart = Object.entries(refused.detail ?? {}).flatMap(([id, codes]) => {
    const one = cases[id];
    return one && Array.isArray(codes)
      ? codes.map((code) => problem(`${one.name}: ${sentence(String(code))}`, one.boxId))
      : [];
  });
  if (apart.length > 0) return apart;
  const codes = refused.code === 'precondition' ? refused.because : [refused.code];
  return codes.map((code) => problem(sentence(code), fieldOf[code]));
}

function problem(text: string, fieldId: string | undefined): FieldProblem {
  return fieldId === undefined ? { text } : { fieldId, text };
}
