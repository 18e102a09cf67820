import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { ClaimsDraw } from '#components/review/claims/claims-draw.tsx';
import { ClaimsList } from '#components/review/claims/claims-list.tsx';
import { FindingPart } from '#components/review/claims/finding-part.tsx';
import { FindingsTable } from '#components/review/claims/findings-table.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { getClaimFiles, getClaimFilesInput } from '#services/claims/get-claim-files.ts';
import { Frame } from '../../../../frame.tsx';
import { drawFromClaimsAction, recordFindingAction } from '../../claim-actions.ts';

type ClaimFilesProps = {
  params: Promise<{ assessmentId: string }>;
  searchParams: Promise<{ line?: string | string[]; criterion?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('claims'))('title') };
}

export default async function ClaimFilesRoute({ params, searchParams }: ClaimFilesProps) {
  const [route, { line = null, criterion = null }] = await Promise.all([params, searchParams]);
  const input = getClaimFilesInput.safeParse({ ...route, line, criterionKey: criterion });
  if (!input.success) notFound();
  const [page, t] = await Promise.all([
    readPage('submission.read', getClaimFiles, input.data),
    getTranslations('claims'),
  ]);
  const { head, draw } = page;
  return (
    <Frame current="reviews" dense>
      <div className="page">
        <PageHead
          side={
            <>
              <a href={`/reviews/${head.assessmentId}`}>{head.organisation}</a>
              <br />
              {head.reference}
            </>
          }
          title={t('title')}
          meta={head.roundName}
        />
        {draw && (
          <Band id="findings" title={t('review.findings')} meta={t('review.findingsMeta')}>
            <FindingPart page={page} action={recordFindingAction} />
            <FindingsTable page={page} />
          </Band>
        )}
        <Band id="list" title={t('review.list')}>
          <ClaimsList page={page} />
        </Band>
        <Band id="draw" title={t('review.draw')}>
          <ClaimsDraw page={page} action={drawFromClaimsAction} />
        </Band>
        {!draw && (
          <Band id="findings" title={t('review.findings')}>
            <p>{t('review.findingsNone')}</p>
          </Band>
        )}
      </div>
    </Frame>
  );
}
