import type { Cell } from '#services/claims/get-claim-files.ts';

/** The page of claim files, with one file and criterion open. */
export const cellPath = (assessmentId: string, { line, criterionKey }: Cell) =>
  `/reviews/${assessmentId}/claims?line=${line}&criterion=${encodeURIComponent(criterionKey)}`;
