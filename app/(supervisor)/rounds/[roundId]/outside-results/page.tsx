import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getMessages, getTranslations } from 'next-intl/server';
import { OutsideForm } from '#components/administration/outside/outside-form.tsx';
import { OutsideStanding } from '#components/administration/outside/outside-standing.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import { getOutsideResults, getOutsideResultsInput } from '#services/reviews/get-outside-results.ts';
import { Frame } from '../../../../frame.tsx';
import { outsideResultsAction } from './actions.ts';

type OutsideResultsPageProps = { params: Promise<{ roundId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('outside'))('title') };
}

export default async function OutsideResultsPage({ params }: OutsideResultsPageProps) {
  const input = getOutsideResultsInput.safeParse(await params);
  if (!input.success) notFound();
  const [page, t, { outside: texts }, locale] = await Promise.all([
    readPage('outside.import', getOutsideResults, input.data),
    getTranslations('outside'),
    getMessages(),
    readLocale(),
  ]);
  const [section] = page.sections;
  return (
    <Frame current="rounds" dense>
      <div className="page">
        <PageHead
          side={
            <>
              {t('side')}{' '}
              <Link href={`/rounds/${page.roundId}`} prefetch={false}>
                {page.name}
              </Link>
            </>
          }
          title={t('title')}
          meta={page.sections.map(({ key, title }) => `${key}. ${title[locale]}`).join(', ')}
          action={
            page.participants > 0 &&
            section && (
              <a href={`/api/rounds/${page.roundId}/outside-results`} download>
                {t('template')}
              </a>
            )
          }
        />
        {!section || page.participants === 0 ? (
          <Empty title={t(section ? 'nobodyTitle' : 'noSectionTitle')} level={2}>
            <p>{t(section ? 'nobody' : 'noSection')}</p>
          </Empty>
        ) : (
          <>
            <Band id="table" title={t('tableTitle')} meta={t('tableMeta')}>
              <OutsideForm
                action={outsideResultsAction}
                roundId={page.roundId}
                texts={texts.form}
                keys={page.sections.flatMap(({ criterionKeys }) => criterionKeys)}
                locale={locale}
              />
            </Band>
            <OutsideStanding page={page} />
          </>
        )}
      </div>
    </Frame>
  );
}
