import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { DraftOutcomeView } from '#components/dashboard/draft-outcome-view.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { formatMoment } from '#lib/i18n/dates.ts';
import { getDraftOutcomePreview, getDraftOutcomePreviewInput } from '#services/hearing/get-draft-outcome-preview.ts';
import { Frame } from '../../../../frame.tsx';

type PreviewPageProps = {
  params: Promise<{ assessmentId: string }>;
  searchParams: Promise<{ version?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('hearing.preview'))('title') };
}

export default async function PreviewPage({ params, searchParams }: PreviewPageProps) {
  const [{ assessmentId }, { version }] = await Promise.all([params, searchParams]);
  const input = getDraftOutcomePreviewInput.safeParse({ assessmentId, version });
  if (!input.success) notFound();
  const [preview, t, page, locale] = await Promise.all([
    readPage('submission.read', getDraftOutcomePreview, input.data),
    getTranslations('hearing.preview'),
    getTranslations('hearing.page'),
    getLocale(),
  ]);
  const { content, sent, termAt, texts } = preview;
  const way = <a href={`/reviews/${preview.assessmentId}`}>{t('back')}</a>;
  return (
    <Frame current="reviews">
      <div className="page">
        <PageHead
          side={way}
          title={t('title')}
          meta={
            content
              ? page('version', { version: content.version, moment: formatMoment(new Date(content.sentAt), locale) })
              : preview.organisation
          }
        />
        <div className="gap-below">
          {content ? (
            <Notice title={t(sent ? 'sent' : 'next')}>
              <p>{t('term', { moment: formatMoment(termAt, locale) })}</p>
            </Notice>
          ) : (
            <Notice kind="attention" title={t('blockedTitle')}>
              <p>{t('blocked')}</p>
            </Notice>
          )}
        </div>
        {content && <DraftOutcomeView content={content} texts={texts} />}
      </div>
    </Frame>
  );
}
