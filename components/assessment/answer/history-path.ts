import { criterionPath } from '../criterion/criterion-path.ts';

/** The address of the earlier texts of an answer. */
export function historyPath(assessmentId: string, criterionKey: string): string {
  return `${criterionPath(assessmentId, criterionKey)}/history`;
}
