/** Where the pages of one assessment stand. */
export const assessmentPath = (assessmentId: string) => `/assessments/${assessmentId}`;
export const intakePath = (assessmentId: string) => `/assessments/${assessmentId}/intake`;
export const checkPath = (assessmentId: string) => `/assessments/${assessmentId}/check`;
/** The outline of all criteria: opened where one comes from, narrowed down to what is asked. */
export const outlinePath = (assessmentId: string, query: { at?: string | null; show?: string | null } = {}) => {
  const asked = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return `/assessments/${assessmentId}/outline${asked.length > 0 ? `?${new URLSearchParams(asked)}` : ''}`;
};
export const receiptPath = (assessmentId: string) => `/assessments/${assessmentId}/receipt`;
export const requestPath = (assessmentId: string, requestId: string) =>
  `/assessments/${assessmentId}/requests/${requestId}`;
export const claimsPath = (assessmentId: string) => `/assessments/${assessmentId}/claims`;
export const submittedPath = (assessmentId: string) => `/assessments/${assessmentId}/submitted`;
export const draftOutcomePath = (assessmentId: string) => `/assessments/${assessmentId}/draft-outcome`;
export const criterionPath = (assessmentId: string, criterionKey: string) =>
  `/assessments/${assessmentId}/criteria/${criterionKey}`;
export const submissionFilePath = (submissionId: string) => `/api/submissions/${submissionId}`;
export const dashboardPath = (publicationId: string) => `/dashboards/${publicationId}`;
export const receiptFilePath = (submissionId: string) => `/api/submissions/${submissionId}/receipt`;
export const delegationsPath = (assessmentId: string, sectionKey?: string) =>
  `/assessments/${assessmentId}/delegations${sectionKey ? `#section-${sectionKey}` : ''}`;
export const trialPath = (assessmentId: string) => `/assessments/${assessmentId}/trial`;
export const lastRoundPath = (assessmentId: string, sectionKey: string) =>
  `/assessments/${assessmentId}/last-round/${sectionKey}`;
