/** The address of who did what in an assessment, with what of it is asked for. */
export function activityPath(
  assessmentId: string,
  query: Readonly<Partial<Record<'section' | 'person' | 'after', string | null>>> = {},
): string {
  const chosen = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const search = new URLSearchParams(chosen).toString();
  return `/assessments/${assessmentId}/activity${search && `?${search}`}`;
}
