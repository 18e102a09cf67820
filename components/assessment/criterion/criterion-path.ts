/** The address of a criterion's page. */
export function criterionPath(assessmentId: string, criterionKey: string): string {
  return `/assessments/${assessmentId}/criteria/${criterionKey}`;
}

/** Where one goes on once a criterion is answered: to the next that applies, or to check what was answered. */
export function pathAfter(assessmentId: string, next: string | null): string {
  return next ? criterionPath(assessmentId, next) : `/assessments/${assessmentId}/check`;
}
