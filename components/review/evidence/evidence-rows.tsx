import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Fragment } from 'react';
import type { EvidenceView } from '#services/reviews/criterion-view.ts';
import type { DeskFacts } from '#services/reviews/desk-facts.ts';
import { addressOf, nextPlace, type OpenedPiece, placePath, sightOf } from './evidence-places.ts';

type EvidenceRowsProps = {
  pieces: readonly EvidenceView[];
  files: DeskFacts['files'];
  opened: OpenedPiece | null;
  /** The address of the criterion. */
  here: string;
};

/** What the claim rests on: each piece by title, with the places that it is named for, each opening beside the claim. */
export async function EvidenceRows({ pieces, files, opened, here }: EvidenceRowsProps) {
  const t = await getTranslations('desk.evidence');
  const next = nextPlace(pieces, files, opened);
  return (
    <ol className="ev">
      {pieces.map((piece) => {
        const sight = sightOf(piece, files);
        const viewed = sight === 'viewed';
        const isOpen = opened?.piece.id === piece.id;
        return (
          <li key={piece.id} className={isOpen ? 'open' : undefined}>
            {viewed && <PlaceLink piece={piece} place={0} words={piece.title} />}
            {(sight === 'downloaded' || sight === 'visited') && (
              <a href={addressOf(piece)} download={sight === 'downloaded' ? true : undefined}>
                {piece.title}
              </a>
            )}
            {(sight === 'waiting' || sight === 'refused' || sight === 'gone') && (
              <span>
                {piece.title} <span className="attword">{t(`states.${sight}`)}</span>
              </span>
            )}
            <span>
              {piece.locators.map((locator, place) => (
                <Fragment key={locator}>
                  {place > 0 && ', '}
                  {viewed && place > 0 ? <PlaceLink piece={piece} place={place} words={locator} /> : locator}
                </Fragment>
              ))}
            </span>
          </li>
        );
      })}
    </ol>
  );

  function PlaceLink({ piece, place, words }: OpenedPiece & { words: string }) {
    const isNext = next?.piece.id === piece.id && next.place === place;
    const isOpen = opened?.piece.id === piece.id && opened.place === place;
    return (
      <Link
        href={placePath(here, { piece, place })}
        prefetch={false}
        scroll={false}
        aria-current={isOpen ? 'true' : undefined}
        aria-keyshortcuts={isNext ? 'E' : undefined}
      >
        {words}
      </Link>
    );
  }
}
