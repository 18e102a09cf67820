/** The address of a criterion's page. */
export function criterionPath(assessmentId: string, criterionKey: string): string {
  return `/assessments/${assessmentId}/criteria/${criterionKey}`;
}
