import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { WorkspaceFrame } from '#components/frame/workspace-frame.tsx';
import { CriteriaOutline } from '#components/review/criteria-outline.tsx';
import { DeterminationHead } from '#components/review/determination-head.tsx';
import { LevelPane } from '#components/review/level-pane.tsx';
import { ReviewBar } from '#components/review/review-bar.tsx';
import { SectionDetermination } from '#components/review/section-determination.tsx';
import { SectionStrip } from '#components/review/section-strip.tsx';
import { WorkspaceKeys } from '#components/review/workspace-keys.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { env } from '#lib/env.ts';
import { getReview, getReviewInput } from '#services/reviews/get-review.ts';
import { Frame } from '../../../../../../frame.tsx';
import { determineSectionAction } from '../../../../actions.ts';

type DeterminationPageProps = { params: Promise<{ assessmentId: string; sectionKey: string }> };

export async function generateMetadata({ params }: DeterminationPageProps): Promise<Metadata> {
  const [t, { sectionKey }] = await Promise.all([getTranslations('review'), params]);
  return { title: `${t('strip.section', { key: sectionKey })}: ${t('strip.draftScore')}` };
}

export default async function DeterminationPage({ params }: DeterminationPageProps) {
  const input = getReviewInput.safeParse(await params);
  if (!input.success) notFound();
  const [{ head, may, section, undisputed, confirmed, asked }, t] = await Promise.all([
    readPage('submission.read', getReview, input.data),
    getTranslations('review'),
  ]);
  if (!section) notFound();
  const asks = may.determine && section.applies && !section.carried;
  const last = section.section.criteria.at(-1)?.key;
  return (
    <Frame dense opened={<ReviewBar head={head} demo={env().TREDE_DEMO} />}>
      <WorkspaceFrame
        strip={<SectionStrip head={head} current={section} title={section.section.title.nl} />}
        outlineLabel={t('outline.label', { key: section.key })}
        outlineTitle={t('outline.summary', { count: section.section.criteria.length, judged: section.judged })}
        outline={
          <CriteriaOutline
            head={head}
            section={section}
            current="determination"
            undisputed={may.decide ? undisputed : []}
            confirmed={may.decide ? confirmed : []}
            asked={asked}
          />
        }
        claimLabel={t('determination.question')}
        claim={
          <>
            <DeterminationHead head={head} section={section} may={asks} />
            <SectionDetermination
              head={head}
              section={section}
              may={may.determine}
              action={determineSectionAction}
              determinationId={randomUUID()}
            />
          </>
        }
        verdict={null}
        fileLabel={t('determination.norm')}
        file={<LevelPane head={head} section={section} />}
        keysLabel={t('keys.label')}
        keys={
          <WorkspaceKeys
            kind={asks ? 'determination' : 'reading'}
            previous={last ? `/reviews/${head.assessmentId}/sections/${section.key}?criterion=${last}` : null}
            next={null}
          />
        }
      />
    </Frame>
  );
}
