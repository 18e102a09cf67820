import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ReadOnlyVerdict } from '#components/review/read-only-verdict.tsx';
import { ReviewBar } from '#components/review/review-bar.tsx';
import { SectionStrip } from '#components/review/section-strip.tsx';
import { UndisputedForm } from '#components/review/undisputed-form.tsx';
import { linesIn, scopeOf, UndisputedScopes } from '#components/review/undisputed-scopes.tsx';
import { UndisputedTable } from '#components/review/undisputed-table.tsx';
import { UndoConfirmed } from '#components/review/undo-confirmed.tsx';
import { refusalWords } from '#components/review/verdict-words.ts';
import { WorkspaceKeys } from '#components/review/workspace-keys.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { env } from '#lib/env.ts';
import { getReview, getReviewInput } from '#services/reviews/get-review.ts';
import { Frame } from '../../../../frame.tsx';
import { confirmUndisputedAction } from '../../actions.ts';
import { undoUndisputedAction } from '../../desk-actions.ts';

type UndisputedPageProps = {
  params: Promise<{ assessmentId: string }>;
  searchParams: Promise<Record<'section' | 'level', string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('review.undisputed'))('title') };
}

export default async function UndisputedPage({ params, searchParams }: UndisputedPageProps) {
  const [route, { section, level }] = await Promise.all([params, searchParams]);
  const input = getReviewInput.safeParse(route);
  if (!input.success) notFound();
  const [{ head, may, undisputed, confirmed }, t, words, keys, refusals] = await Promise.all([
    readPage('submission.read', getReview, input.data),
    getTranslations('review.undisputed'),
    getTranslations('review.outline'),
    getTranslations('review.keys'),
    refusalWords(),
  ]);
  const sectionKey = head.sections.find(({ key }) => key === section)?.key ?? null;
  const scope = scopeOf(undisputed, sectionKey, level);
  const lines = linesIn(undisputed, scope);
  return (
    <Frame dense opened={<ReviewBar head={head} demo={env().TREDE_DEMO} />}>
      <div className="strip">
        <SectionStrip head={head} current={null} title={t('title')} />
      </div>
      <div className="page facts-page">
        <p className="intro">{t('intro')}</p>
        {may.decide && (
          <UndoConfirmed head={head} confirmed={confirmed} sectionKey={sectionKey} action={undoUndisputedAction} />
        )}
        <UndisputedScopes head={head} undisputed={undisputed} scope={scope} />
        {lines.length === 0 && (
          <Empty level={2} title={t('noneTitle')}>
            <p>{t('noneText')}</p>
          </Empty>
        )}
        {lines.length > 0 && !may.decide && <ReadOnlyVerdict state={head.state} />}
        {lines.length > 0 && may.decide && (
          <UndisputedForm
            action={confirmUndisputedAction}
            assessmentId={head.assessmentId}
            sectionKey={sectionKey}
            submit={
              scope.level
                ? t('confirmLevel', { section: scope.sectionKey, level: scope.level })
                : t('confirm', { count: lines.length })
            }
            failed={t('failed')}
            refusals={refusals}
          >
            <UndisputedTable lines={lines.map((line) => ({ ...line, verdictId: randomUUID() }))} />
            <p className="meta consequence">{t('consequence')}</p>
          </UndisputedForm>
        )}
        <p className="meta">
          <a className="apart" href={`/reviews/${head.assessmentId}`} aria-keyshortcuts="O">
            {words('overview')}
          </a>
        </p>
      </div>
      <section className="keys" aria-label={keys('label')}>
        <WorkspaceKeys kind="undisputed" />
      </section>
    </Frame>
  );
}
