import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { outlinePath } from '../paths.ts';

/** Leads to the outline of all criteria. */
export async function OutlineLink({ assessmentId }: { assessmentId: string }) {
  const t = await getTranslations('outline.page');
  return (
    <p className="after">
      <Link href={outlinePath(assessmentId)} prefetch={false}>
        {t('link')}
      </Link>
    </p>
  );
}
