import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import type { ReviewOverview } from '#services/reviews/get-review-overview.ts';
import { WorkingNotes } from './working-notes.tsx';

type OverviewNotesProps = {
  overview: ReviewOverview;
  actions: Parameters<typeof WorkingNotes>[0]['actions'];
};

/** The notes on the assessment as a whole, and the way to those at its criteria. */
export async function OverviewNotes({ overview, actions }: OverviewNotesProps) {
  const t = await getTranslations('desk.notes');
  const { head, notes, may } = overview;
  if (notes.length === 0 && !may.note) return null;
  const keys = [...new Set(notes.flatMap(({ criterionKey }) => criterionKey ?? []))];
  return (
    <Band id="notes" title={t('title')}>
      <div className="next-steps">
        <p className="meta">{t('private')}</p>
        {notes.length === keys.length && keys.length === 0 && <p>{t('none')}</p>}
        <WorkingNotes
          assessmentId={head.assessmentId}
          criterionKey={null}
          notes={notes}
          may={may.note}
          actions={actions}
        />
        {keys.length > 0 && (
          <p>
            {t.rich('elsewhere', {
              list: () =>
                keys.map((key, place) => (
                  <span key={key}>
                    {place > 0 && ', '}
                    <Link
                      href={`/reviews/${head.assessmentId}/sections/${key.split('.')[0]}?criterion=${key}`}
                      prefetch={false}
                    >
                      {key}
                    </Link>
                  </span>
                )),
            })}
          </p>
        )}
      </div>
    </Band>
  );
}
