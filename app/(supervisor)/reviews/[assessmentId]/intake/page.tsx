import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { IntakeFacts } from '#components/review/intake-facts.tsx';
import { ReadOnlyVerdict } from '#components/review/read-only-verdict.tsx';
import { ReviewBar } from '#components/review/review-bar.tsx';
import { SectionStrip } from '#components/review/section-strip.tsx';
import { WorkspaceKeys } from '#components/review/workspace-keys.tsx';
import { ButtonLink, ButtonRow } from '#components/ui/button.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { env } from '#lib/env.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { getReview, getReviewInput } from '#services/reviews/get-review.ts';
import { Frame } from '../../../../frame.tsx';
import { decideIntakeAction } from '../../actions.ts';

type IntakePageProps = { params: Promise<{ assessmentId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('review.intake'))('title') };
}

export default async function IntakeReviewPage({ params }: IntakePageProps) {
  const input = getReviewInput.safeParse(await params);
  if (!input.success) notFound();
  const [{ head, may, intake }, t, words, keys, locale] = await Promise.all([
    readPage('submission.read', getReview, input.data),
    getTranslations('review.intake'),
    getTranslations('review.outline'),
    getTranslations('review.keys'),
    getLocale().then(localeOf),
  ]);
  const first = head.sections.find(({ applies, judged, toBeJudged }) => applies && judged < toBeJudged);
  return (
    <Frame dense opened={<ReviewBar head={head} demo={env().TREDE_DEMO} />}>
      <div className="strip">
        <SectionStrip head={head} current={null} title={t('title')} />
      </div>
      <div className="page facts-page">
        <p className="intro">{t('intro')}</p>
        {!may.decide && <ReadOnlyVerdict state={head.state} />}
        <IntakeFacts
          head={head}
          facts={intake}
          may={may.decide}
          action={decideIntakeAction}
          verdictIds={Object.fromEntries(intake.map(({ question }) => [question.key, randomUUID()]))}
          locale={locale}
        />
        {first && (
          <ButtonRow>
            <ButtonLink kind="plain" keyShortcut="C" href={`/reviews/${head.assessmentId}/sections/${first.key}`}>
              {t('next', { key: first.key })}
            </ButtonLink>
          </ButtonRow>
        )}
        <p className="meta">
          <a href={`/reviews/${head.assessmentId}`} aria-keyshortcuts="O">
            {words('overview')}
          </a>
        </p>
      </div>
      <section className="keys" aria-label={keys('label')}>
        <WorkspaceKeys kind="intake" />
      </section>
    </Frame>
  );
}
