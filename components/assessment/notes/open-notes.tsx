import { getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import { Tag } from '#components/ui/tag.tsx';
import type { OpenNotes } from '#services/notes/open-notes.ts';
import { activityPath } from '../activity/activity-path.ts';
import { criterionPath } from '../criterion/criterion-path.ts';

type OpenNotesBandProps = { assessmentId: string; notes: Readonly<Record<string, OpenNotes>> };

/** Where colleagues are talking, the notes that name the reader first; and the way to who did what. */
export async function OpenNotesBand({ assessmentId, notes }: OpenNotesBandProps) {
  const t = await getTranslations('notes');
  const places = Object.entries(notes).toSorted(
    ([a, { unseen: first }], [b, { unseen: second }]) => second - first || a.localeCompare(b, 'nl', { numeric: true }),
  );
  return (
    <Band id="talk" title={t('title')} meta={t('task.only')}>
      {places.length === 0 && <p>{t('task.none')}</p>}
      <ul className="talk">
        {places.map(([key, { open, unseen }]) => (
          <li key={key}>
            <a className="key" href={`${criterionPath(assessmentId, key)}#notes`}>
              {key}
            </a>{' '}
            {t('task.open', { count: open })}{' '}
            {unseen > 0 && <Tag kind="attention">{t('task.unseen', { count: unseen })}</Tag>}
          </li>
        ))}
      </ul>
      <p>
        <a href={activityPath(assessmentId)}>{t('task.activity')}</a>
      </p>
    </Band>
  );
}
