import type { Metadata } from 'next';
import Link from 'next/link';
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
        <NotFoundBlock
          title={t('title')}
          way={
            <Link href="/" prefetch={false}>
              {t('home')}
            </Link>
          }
        >
          {t('text')}
        </NotFoundBlock>
      </div>
    </Frame>
  );
}
