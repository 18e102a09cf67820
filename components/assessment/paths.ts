/** Where the pages of one assessment stand. */
export const assessmentPath = (assessmentId: string) => `/assessments/${assessmentId}`;
export const intakePath = (assessmentId: string) => `/assessments/${assessmentId}/intake`;
export const checkPath = (assessmentId: string) => `/assessments/${assessmentId}/check`;
export const receiptPath = (assessmentId: string) => `/assessments/${assessmentId}/receipt`;
export const submittedPath = (assessmentId: string) => `/assessments/${assessmentId}/submitted`;
export const criterionPath = (assessmentId: string, criterionKey: string) =>
  `/assessments/${assessmentId}/criteria/${criterionKey}`;
export const submissionFilePath = (submissionId: string) => `/api/submissions/${submissionId}`;
export const dashboardPath = (publicationId: string) => `/dashboards/${publicationId}`;
export const delegationsPath = (assessmentId: string, sectionKey?: string) =>
  `/assessments/${assessmentId}/delegations${sectionKey ? `#section-${sectionKey}` : ''}`;
export const trialPath = (assessmentId: string) => `/assessments/${assessmentId}/trial`;
export const lastRoundPath = (assessmentId: string, sectionKey: string) =>
  `/assessments/${assessmentId}/last-round/${sectionKey}`;
