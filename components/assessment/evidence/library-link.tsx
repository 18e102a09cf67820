import { getTranslations } from 'next-intl/server';
import { libraryPath } from './library-path.ts';

/** The way to all evidence of an assessment. */
export async function LibraryLink({ assessmentId }: { assessmentId: string }) {
  const t = await getTranslations('library');
  return (
    <p className="meta">
      <a href={libraryPath(assessmentId)}>{t('link')}</a>
    </p>
  );
}
