import type { EvidencePiece } from './evidence-facts.ts';

type Named = Pick<EvidencePiece, 'id' | 'title' | 'addedAt'>;

/** What a list to choose from calls a piece. `full` tells it apart from every other one, whatever their titles. */
export type PieceName = { id: string; name: string; full: string };

/** The pieces that can be chosen to support something: in their last version, and not refused. */
export function choosable<Piece extends Pick<EvidencePiece, 'scan' | 'replaced'>>(pieces: readonly Piece[]): Piece[] {
  return pieces.filter(({ scan, replaced }) => scan !== 'refused' && !replaced);
}

/**
 * Names by which pieces are found, in the order of the alphabet: the title, and where several share one the title with the
 * moment at which the piece came in.
 */
export function pieceNames(pieces: readonly Named[]): PieceName[] {
  const byTitle = Map.groupBy(pieces, ({ title }) => title);
  return pieces
    .map(({ id, title, addedAt }) => {
      const full = `${title} (${addedAt.slice(0, 19).replace('T', ' ')})`;
      return { id, full, name: byTitle.get(title)?.length === 1 ? title : full };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'nl'));
}
