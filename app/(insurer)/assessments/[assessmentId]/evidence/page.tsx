import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LibraryFilters, LibraryViews } from '#components/assessment/evidence/library-filters.tsx';
import { LibraryList } from '#components/assessment/evidence/library-list.tsx';
import { NotStored, PieceAdd } from '#components/assessment/evidence/piece-add.tsx';
import { StorageUse } from '#components/assessment/evidence/storage-use.tsx';
import { assessmentPath } from '#components/assessment/paths.ts';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { evidenceContext, platformLimits } from '#services/evidence/evidence-context.ts';
import { type ListEvidenceInput, listEvidence, listEvidenceInput } from '#services/evidence/list-evidence.ts';
import { Frame } from '../../../../frame.tsx';

type LibraryPageProps = {
  params: Promise<{ assessmentId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('library'))('title') };
}

export default async function LibraryPage({ params, searchParams }: LibraryPageProps) {
  const [{ assessmentId }, { upload, ...asked }] = await Promise.all([params, searchParams]);
  const query = listEvidenceInput.parse({ ...asked, assessmentId });
  const [library, t, page] = await Promise.all([
    readPage('assessment.read', (ctx, input: ListEvidenceInput) => listEvidence(evidenceContext(ctx), input), query),
    getTranslations('library'),
    getTranslations('insurer.page'),
  ]);
  return (
    <Frame current="assessments" reading>
      <div className="page">
        <PageHead
          side={<a href={assessmentPath(assessmentId)}>{page('title', { round: library.assessment.roundName })}</a>}
          title={t('title')}
          meta={library.assessment.editable ? t('lead') : t('readOnly')}
        />
        <NotStored uploads={[upload ?? []].flat()} limits={platformLimits()} />
        {library.mayStore && (
          <div className="adding">
            <details className="opener">
              <summary className="btn plain small">{t('add.open')}</summary>
              <PieceAdd
                assessmentId={assessmentId}
                userId={library.userId}
                label={t('add.files')}
                submit={t('add.submit')}
                limits={platformLimits()}
              />
              <p className="meta">{t('add.after')}</p>
            </details>
          </div>
        )}
        {library.counts.all > 0 && (
          <>
            <LibraryViews library={library} query={query} />
            <LibraryFilters library={library} query={query} />
          </>
        )}
        <LibraryList library={library} query={query} />
        <Band id="storage" title={t('storage.title')}>
          <StorageUse storage={library.storage} />
        </Band>
      </div>
    </Frame>
  );
}
