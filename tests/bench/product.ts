import { join } from 'node:path';
import { root } from '../../scripts/platform.ts';

/** Where the product has what the bench measures: the one place to change when a route or an action moves. */
export const product = {
  next: join(root, '.next'),
  folder: join(root, '.next', 'standalone'),
  savePath: (assessmentId: string) => `/api/assessments/${assessmentId}/answers`,
  criterionPage: (assessmentId: string, criterionKey: string) =>
    `/assessments/${assessmentId}/criteria/${criterionKey}`,
  uploadPath: (assessmentId: string) => `/api/assessments/${assessmentId}/evidence`,
  partsPath: (assessmentId: string) => `/api/assessments/${assessmentId}/uploads`,
  /** Pages that are only read, and must weigh next to nothing in script. */
  readingPages: (assessmentId: string) => [
    { name: 'check answers without its signing form', path: `/assessments/${assessmentId}/check` },
    { name: 'accessibility statement', path: '/accessibility' },
  ],
  dashboard: (publicationId: string) => `/dashboards/${publicationId}`,
  outcomeFile: (publicationId: string, file: string) => `/api/publications/${publicationId}/${file}`,
};

export const bare = {
  root: join(root, 'tests', 'bench', 'bare'),
  next: join(root, 'tests', 'bench', 'bare', '.next'),
  folder: join(root, 'tests', 'bench', 'bare', '.next', 'standalone', 'tests', 'bench', 'bare'),
  saveAction: 'saveAction',
};
