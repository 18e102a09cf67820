import type { UploadWords } from './evidence-upload.tsx';

type Say = (key: 'files' | 'types' | 'period' | 'periodHint' | 'locator' | 'upload') => string;

/** The words of the form that adds files. */
export const uploadWords = (t: Say): UploadWords => ({
  files: t('files'),
  types: t('types'),
  period: t('period'),
  periodHint: t('periodHint'),
  locator: t('locator'),
  submit: t('upload'),
});
