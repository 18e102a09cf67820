import { getTranslations } from 'next-intl/server';
import type { ReviewView } from '#services/reviews/get-review.ts';
import { ReviewRow } from '../review-row.tsx';
import { WorkingNotes } from './working-notes.tsx';

type CriterionNotesProps = {
  view: ReviewView;
  actions: Parameters<typeof WorkingNotes>[0]['actions'];
};

/** The supervisor's own notes at the criterion that is open. */
export async function CriterionNotes({ view, actions }: CriterionNotesProps) {
  const t = await getTranslations('desk.notes');
  const { head, criterion, notes, may } = view;
  if (!criterion || (!may.note && notes.every(({ criterionKey }) => criterionKey !== criterion.key))) return null;
  return (
    <ReviewRow
      name={
        <>
          {t('row')} <span className="meta">{t('hint')}</span>
        </>
      }
    >
      <WorkingNotes
        assessmentId={head.assessmentId}
        criterionKey={criterion.key}
        notes={notes}
        may={may.note}
        actions={actions}
      />
    </ReviewRow>
  );
}
