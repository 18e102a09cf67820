import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { shows } from '#components/dashboard/dashboard-view.ts';
import { OutcomeView } from '#components/dashboard/outcome-view.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { OutcomeLacks } from '#components/review/outcome-lacks.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { getOutcomePreview, getOutcomePreviewInput } from '#services/publications/get-outcome-preview.ts';
import { Frame } from '../../../../frame.tsx';

type PreviewPageProps = {
  params: Promise<{ assessmentId: string }>;
  searchParams: Promise<{ show?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('review.preview'))('title') };
}

export default async function OutcomePreviewPage({ params, searchParams }: PreviewPageProps) {
  const input = getOutcomePreviewInput.safeParse(await params);
  if (!input.success) notFound();
  const [preview, t, { show: asked }] = await Promise.all([
    readPage('submission.read', getOutcomePreview, input.data),
    getTranslations('review.preview'),
    searchParams,
  ]);
  const { assessmentId, organisation, dashboard, state } = preview;
  const base = `/reviews/${assessmentId}`;
  const back = <a href={base}>{t('back')}</a>;
  if (!dashboard)
    return (
      <Frame current="reviews" reading>
        <div className="page">
          <PageHead side={back} title={t('title')} meta={organisation} />
          <Notice kind="attention" title={t('lacking')}>
            <OutcomeLacks preview={preview} />
          </Notice>
        </div>
      </Frame>
    );
  return (
    <Frame current="reviews" reading>
      <div className="page">
        <div className="apart gap-below">
          <Notice kind="attention" title={t('title')}>
            <p>{t(state === 'decided' ? 'decided' : 'before')}</p>
            <OutcomeLacks preview={preview} />
            <p>{back}</p>
          </Notice>
        </div>
        <OutcomeView
          dashboard={dashboard}
          path={`${base}/outcome`}
          show={shows.find((one) => one === asked) ?? null}
          preview
        />
      </div>
    </Frame>
  );
}
