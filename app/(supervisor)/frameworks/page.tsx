import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '#components/frame/page-head.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Table } from '#components/ui/table.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import { listFrameworks } from '#services/frameworks/list-frameworks.ts';
import { Frame } from '../../frame.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('framework.list');
  return { title: t('title') };
}

export default async function FrameworksPage() {
  const { frameworks, mayImport } = await readPage('framework.list', listFrameworks, {});
  const [t, format, locale] = await Promise.all([getTranslations('framework.list'), readFormatter(), readLocale()]);
  return (
    <Frame current="frameworks" dense>
      <div className="page">
        <PageHead
          title={t('title')}
          meta={t('meta')}
          action={mayImport && <ButtonLink href="/frameworks/import">{t('import')}</ButtonLink>}
        />
        {frameworks.length === 0 ? (
          <Empty title={t('empty')} level={2}>
            <p>{t('emptyText')}</p>
          </Empty>
        ) : (
          <div className="stacks">
            <Table label={t('label')}>
              <thead>
                <tr>
                  <th scope="col">{t('name')}</th>
                  <th scope="col">{t('edition')}</th>
                  <th scope="col">{t('imported')}</th>
                  <th scope="col" className="r">
                    {t('rounds')}
                  </th>
                  <th scope="col">{t('state')}</th>
                </tr>
              </thead>
              <tbody>
                {frameworks.map(({ ref, title, importedAt, frozenAt, rounds }) => (
                  <tr key={ref}>
                    <th scope="row">
                      <Link href={`/frameworks/${encodeURIComponent(ref)}`} prefetch={false}>
                        {title[locale]}
                      </Link>
                    </th>
                    <td className="nb" data-label={t('edition')}>
                      {ref.slice(ref.indexOf('@') + 1)}
                    </td>
                    <td className="nb" data-label={t('imported')}>
                      {format.dateTime(importedAt, { dateStyle: 'long' })}
                    </td>
                    <td className="r" data-label={t('rounds')}>
                      {rounds}
                    </td>
                    <td data-label={t('state')}>
                      <Tag kind={frozenAt ? 'done' : 'todo'}>{t(frozenAt ? 'frozen' : 'open')}</Tag>
                    </td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </div>
        )}
      </div>
    </Frame>
  );
}
