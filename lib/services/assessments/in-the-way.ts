import type { AssessmentStatus } from './assessment-status.ts';
import { hasSignatory, type TeamRow } from './team.ts';

/** What stands in the way of submitting besides the work itself: the own deadline is over, or nobody may sign. */
export type Hindrance = 'term_over' | 'no_signatory';

/** The hindrances of an assessment that is being filled in; its organisation's people are in `team`. */
export function hindrancesOf(status: Pick<AssessmentStatus, 'late'>, team: readonly TeamRow[]): Hindrance[] {
  const hindrances: Hindrance[] = [];
  if (status.late) hindrances.push('term_over');
  if (!hasSignatory(team)) hindrances.push('no_signatory');
  return hindrances;
}
