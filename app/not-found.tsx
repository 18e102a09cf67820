import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NotFoundBlock } from '#components/ui/not-found-block.tsx';
import { Frame } from './frame.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.notFound'))('title') };
}

export default async function NotFoundPage() {
  const t = await getTranslations('common.notFound');
  return (
    <Frame>
      <div className="page">
        <NotFoundBlock title={t('title')} way={<a href="/">{t('home')}</a>}>
          {t('text')}
        </NotFoundBlock>
      </div>
    </Frame>
  );
}
