import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { EnclosedFile } from '#components/evidence/enclosed-file.tsx';
import { EvidenceViewer } from '#components/evidence/evidence-viewer.tsx';
import { WorkspaceFrame } from '#components/frame/workspace-frame.tsx';
import { FilesRow } from '#components/review/claims/files-row.tsx';
import { quoteOf } from '#components/review/claims/quote-of.ts';
import { CriteriaOutline } from '#components/review/criteria-outline.tsx';
import { CriterionClaim } from '#components/review/criterion-claim.tsx';
import { CriterionRequests } from '#components/review/criterion-requests.tsx';
import { CriterionVerdict } from '#components/review/criterion-verdict.tsx';
import { EvidencePane } from '#components/review/evidence/evidence-pane.tsx';
import { addressOf, type OpenedPiece, openedPiece, pageOf } from '#components/review/evidence/evidence-places.ts';
import { CriterionNotes } from '#components/review/notes/criterion-notes.tsx';
import { ReadOnlyVerdict } from '#components/review/read-only-verdict.tsx';
import { ReviewBar } from '#components/review/review-bar.tsx';
import { SectionStrip } from '#components/review/section-strip.tsx';
import { WorkspaceKeys } from '#components/review/workspace-keys.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { env } from '#lib/env.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import { getReview, getReviewInput } from '#services/reviews/get-review.ts';
import { Frame } from '../../../../../frame.tsx';
import { decideCriterionAction } from '../../../actions.ts';
import { removeWorkingNoteAction, saveWorkingNoteAction } from '../../../desk-actions.ts';
import { sendRequestsAction, withdrawRequestAction } from '../../../request-actions.ts';

type SectionPageProps = {
  params: Promise<{ assessmentId: string; sectionKey: string }>;
  searchParams: Promise<Record<'criterion' | 'piece' | 'place', string | string[] | undefined>>;
};

export async function generateMetadata({ params, searchParams }: SectionPageProps): Promise<Metadata> {
  const [t, { sectionKey }, { criterion }] = await Promise.all([getTranslations('review'), params, searchParams]);
  return {
    title:
      typeof criterion === 'string'
        ? t('claim.criterion', { key: criterion })
        : t('strip.section', { key: sectionKey }),
  };
}

export default async function SectionReviewPage({ params, searchParams }: SectionPageProps) {
  const [route, { criterion: asked = null, piece, place }] = await Promise.all([params, searchParams]);
  const input = getReviewInput.safeParse({ ...route, criterionKey: asked });
  if (!input.success) notFound();
  const [review, t] = await Promise.all([
    readPage('submission.read', getReview, input.data),
    getTranslations('review'),
  ]);
  const { head, may, section, criterion, undisputed, files } = review;
  if (!section || !criterion) notFound();
  const here = `/reviews/${head.assessmentId}/sections/${section.key}`;
  const href = (key: string | null) => (key ? `${here}?criterion=${key}` : null);
  const { title } = section.section;
  const at = `${here}?criterion=${criterion.key}`;
  const opened = openedPiece(criterion.evidence, files, { piece, place });
  return (
    <Frame dense opened={<ReviewBar head={head} demo={env().TREDE_DEMO} />}>
      <WorkspaceFrame
        strip={<SectionStrip head={head} current={section} title={title.nl} />}
        outlineLabel={t('outline.label', { key: section.key })}
        outlineTitle={t('outline.summary', { count: section.section.criteria.length, judged: section.judged })}
        outline={
          <CriteriaOutline
            head={head}
            section={section}
            current={criterion.key}
            undisputed={may.decide ? undisputed : []}
            confirmed={may.decide ? review.confirmed : []}
            asked={review.asked}
          />
        }
        claimLabel={t('claim.label')}
        claim={
          <>
            <CriterionClaim
              view={criterion}
              files={files}
              lastRound={review.lastRound}
              earlier={review.earlierVerdicts}
              opened={opened}
              here={at}
              quoted={review.fromFiles?.quoted ?? null}
              mayDecide={may.decide}
            />
            <FilesRow assessmentId={head.assessmentId} criterionKey={criterion.key} files={review.fromFiles} />
            <CriterionRequests
              view={review}
              actions={{ send: sendRequestsAction, withdraw: withdrawRequestAction }}
              show={(piece) => <EnclosedFile piece={piece} />}
            />
            <CriterionNotes view={review} actions={{ save: saveWorkingNoteAction, remove: removeWorkingNoteAction }} />
          </>
        }
        verdict={
          may.decide && criterion.trace.applies ? (
            <CriterionVerdict
              head={head}
              view={criterion}
              action={decideCriterionAction}
              verdictId={randomUUID()}
              reasons={review.reasons}
              frameworkRef={review.frameworkRef}
              quote={await quoteOf(review.fromFiles)}
            />
          ) : (
            !criterion.carried && (
              <ReadOnlyVerdict
                key={criterion.key}
                state={head.state}
                about={{
                  place: `${head.assessmentId}:${criterion.key}`,
                  current: criterion.verdict && {
                    choice: criterion.verdict.response ?? '',
                    reason: criterion.verdict.reason,
                  },
                }}
              />
            )
          )
        }
        fileLabel={t('file.label')}
        file={
          <EvidencePane
            head={head}
            section={section}
            view={criterion}
            files={files}
            opened={opened}
            here={at}
            viewer={opened && <PieceViewer key={opened.piece.id} opened={opened} />}
          />
        }
        keysLabel={t('keys.label')}
        keys={
          <WorkspaceKeys
            kind={may.decide && criterion.trace.applies ? 'verdict' : 'criterion'}
            previous={href(criterion.previous)}
            next={href(criterion.next)}
          />
        }
      />
    </Frame>
  );
}

/** The file that is open, at the page that the insurer named; its code is loaded now. */
async function PieceViewer({ opened }: { opened: OpenedPiece }) {
  const locale = await getLocale().then(localeOf);
  const { piece } = opened;
  return (
    <EvidenceViewer
      file={{
        href: addressOf(piece),
        title: piece.title,
        fileName: piece.fileName ?? '',
        mediaType: piece.mediaType ?? '',
        sizeBytes: piece.sizeBytes ?? 0,
      }}
      page={pageOf(opened)}
      opened
      focused
      texts={messages[locale].library.viewer}
    />
  );
}
