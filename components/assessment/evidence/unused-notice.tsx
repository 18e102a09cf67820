import { getTranslations } from 'next-intl/server';
import { Notice } from '#components/ui/notice.tsx';
import type { UnusedPiece } from '#services/evidence/unused-evidence.ts';
import { libraryPath, piecePath } from './library-path.ts';

/** So many are named; the rest stand in the library. */
const named = 5;

type UnusedNoticeProps = { assessmentId: string; pieces: readonly UnusedPiece[] };

/** A remark that some evidence supports nothing, with the way to it. It blocks nothing. */
export async function UnusedNotice({ assessmentId, pieces }: UnusedNoticeProps) {
  const t = await getTranslations('library.unused');
  if (pieces.length === 0) return null;
  return (
    <Notice title={t('title', { count: pieces.length })} id="unused">
      <p>{t('text')}</p>
      <ul>
        {pieces.slice(0, named).map(({ id, title }) => (
          <li key={id}>
            <a href={piecePath(assessmentId, id)}>{title}</a>
          </li>
        ))}
      </ul>
      {pieces.length > named && <a href={`${libraryPath(assessmentId)}?view=unused`}>{t('all')}</a>}
    </Notice>
  );
}
