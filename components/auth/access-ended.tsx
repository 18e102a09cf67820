import { getTranslations } from 'next-intl/server';
import { Notice } from '#components/ui/notice.tsx';

/** Says why somebody stands before the sign-in page whose access was taken away while they worked. */
export async function AccessEnded() {
  const t = await getTranslations('team.ended');
  return (
    <div className="told">
      <Notice kind="attention" title={t('title')}>
        <p>{t('text')}</p>
      </Notice>
    </div>
  );
}
