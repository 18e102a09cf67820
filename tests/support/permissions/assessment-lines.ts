import { claimLines } from './claim-lines.ts';
import { hearingLines } from './hearing-lines.ts';
import { insurerLines } from './insurer-lines.ts';
import type { AssessmentLine } from './line.ts';
import { reviewLines } from './review-lines.ts';

/** Every verb on an assessment, by noun: a new one stands in the file of its noun. */
export const assessmentLines: readonly AssessmentLine[] = [
  ...insurerLines,
  ...hearingLines,
  ...claimLines,
  ...reviewLines,
];
