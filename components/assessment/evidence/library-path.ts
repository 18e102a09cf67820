import type { ListEvidenceInput } from '#services/evidence/list-evidence.ts';

/** Where an assessment's library of evidence stands. */
export const libraryPath = (assessmentId: string) => `/assessments/${assessmentId}/evidence`;

/** The same, with nothing but the files that were refused. */
export const refusedPath = (assessmentId: string) =>
  `${libraryPath(assessmentId)}?view=${'refused' satisfies ListEvidenceInput['view']}`;

/** The page of one piece; `at` opens its file at the place that it has at this criterion. */
export const piecePath = (assessmentId: string, evidenceId: string, at?: string) =>
  `${libraryPath(assessmentId)}/${evidenceId}${at ? `?at=${encodeURIComponent(at)}` : ''}`;

const defaults: Readonly<Record<string, string>> = { view: 'all', order: 'added' };

/** The library's address with some of its parts changed; a place in the list does not survive another filter. */
export function libraryAddress(
  { assessmentId, after: _after, before: _before, ...kept }: ListEvidenceInput,
  changes: Partial<Record<keyof ListEvidenceInput, string>> = {},
): string {
  const entries = Object.entries({ ...kept, ...changes }).flatMap(([name, value]) =>
    value && value !== defaults[name] ? [[name, value]] : [],
  );
  const search = new URLSearchParams(entries).toString();
  return libraryPath(assessmentId) + (search && `?${search}`);
}
