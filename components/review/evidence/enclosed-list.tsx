import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Tag } from '#components/ui/tag.tsx';
import type { EnclosedPiece } from '#services/evidence/enclosed-pieces.ts';

/** Draws a file that can be opened, with a way to download it. */
export type ShowFile = (piece: EnclosedPiece) => ReactNode;

type EnclosedListProps = { pieces: readonly EnclosedPiece[]; show: ShowFile };

/** What the insurer sent with its words: each piece with its place, opened here or fetched. */
export async function EnclosedList({ pieces, show }: EnclosedListProps) {
  if (pieces.length === 0) return null;
  const t = await getTranslations('review.enclosed');
  return (
    <>
      <p className="meta">{t('title', { count: pieces.length })}</p>
      <ul className="enclosed">
        {pieces.map((piece) => (
          <li key={piece.id}>
            <p className="piece">
              <span>
                {piece.kind === 'web_address' ? (
                  <a href={piece.webAddress ?? ''} rel="noreferrer noopener external">
                    {piece.title}
                  </a>
                ) : (
                  piece.title
                )}{' '}
                {piece.scan === 'refused' && <Tag kind="refused">{t('refused')}</Tag>}
              </span>
              {piece.locator && <span className="where">{piece.locator}</span>}
            </p>
            {piece.scan !== 'clean' && <p className="meta">{t(`${piece.scan}Text`)}</p>}
            {piece.kind === 'file' && piece.scan === 'clean' && show(piece)}
          </li>
        ))}
      </ul>
    </>
  );
}
