import type { Metadata } from 'next';
import { getMessages, getTranslations } from 'next-intl/server';
import { FrameworkImportForm } from '#components/administration/framework-import-form.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import { checkMayImport } from '#services/frameworks/check-may-import.ts';
import { Frame } from '../../../frame.tsx';
import { frameworkAction } from '../actions.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('framework.import');
  return { title: t('title') };
}

export default async function ImportFrameworkPage() {
  await readPage('framework.import', checkMayImport, {});
  const [t, { framework: texts }, locale] = await Promise.all([
    getTranslations('framework.import'),
    getMessages(),
    readLocale(),
  ]);
  return (
    <Frame current="frameworks" dense>
      <div className="page">
        <PageHead side={t('side')} title={t('title')} meta={t('meta')} />
        <Band id="source" title={t('document')} meta={t('note')}>
          <FrameworkImportForm action={frameworkAction} texts={texts.import} locale={locale} />
        </Band>
      </div>
    </Frame>
  );
}
