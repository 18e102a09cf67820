import type { SubmissionSnapshot } from './snapshot.ts';

/** What a verdict is about, and the submission that it was given on. */
export type VerdictTarget = { readonly criterionKey: string | null; readonly intakeKey: string | null };

/** What an insurer signed about one criterion: what a verdict rests on. */
type Signed = Pick<SubmissionSnapshot, 'intake' | 'answers' | 'evidenceLinks'>;

/**
 * Whether a verdict stands after a resubmission: response, explanation and evidence links are equal in the submission it
 * was given on and the present one; for an intake fact, its value. Elsewhere the verdict is asked again. Version numbers
 * of answers and ids of links do not count: an answer that was changed back is the same answer.
 */
export function verdictStands(target: VerdictTarget, givenOn: Signed, present: Signed): boolean {
  const { criterionKey, intakeKey } = target;
  if (intakeKey !== null && own(givenOn.intake, intakeKey) !== own(present.intake, intakeKey)) return false;
  return criterionKey === null || changedParts(criterionKey, givenOn, present).length === 0;
}

export type ChangedPart = 'response' | 'explanation' | 'evidence';

/** What differs about one criterion between two submissions, in the order in which a screen names it. */
export function changedParts(criterionKey: string, before: Signed, after: Signed): readonly ChangedPart[] {
  const then = own(before.answers, criterionKey);
  const now = own(after.answers, criterionKey);
  const changed: Record<ChangedPart, boolean> = {
    response: (then?.response ?? null) !== (now?.response ?? null),
    explanation: (then?.explanation ?? '') !== (now?.explanation ?? ''),
    evidence: linksOf(before, criterionKey) !== linksOf(after, criterionKey),
  };
  return (['response', 'explanation', 'evidence'] as const).filter((part) => changed[part]);
}

/** Evidence and place as one text, whatever the order in which they were linked. A file's bytes never change under its id. */
function linksOf({ evidenceLinks }: Signed, criterionKey: string): string {
  return evidenceLinks
    .filter((link) => link.criterionKey === criterionKey)
    .map(({ evidenceId, locator }) => JSON.stringify([evidenceId, locator]))
    .sort()
    .join();
}

/** Own keys only: maps come from signed data, and `constructor` is no criterion. */
function own<T>(map: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
