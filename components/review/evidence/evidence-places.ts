import { isViewable } from '#domain/evidence-types.ts';
import { locatorPage } from '#domain/locator-page.ts';
import type { EvidenceView } from '#services/reviews/criterion-view.ts';
import type { DeskFacts, FileState } from '#services/reviews/desk-facts.ts';

/** What the reviewer opened beside the criterion: a piece, and which of the places that it is named for. */
export type OpenedPiece = { piece: EvidenceView; place: number };

/** How a piece can be looked at: drawn beside the criterion, downloaded, visited, or not at all yet. */
export type PieceSight = 'viewed' | 'downloaded' | 'visited' | Exclude<FileState, 'clean'>;

export function sightOf(piece: EvidenceView, files: DeskFacts['files']): PieceSight {
  if (piece.kind === 'web_address') return 'visited';
  const state = files[piece.id] ?? 'gone';
  if (state !== 'clean') return state;
  return isViewable(piece.mediaType, piece.sizeBytes) ? 'viewed' : 'downloaded';
}

/** A file comes from our own route, always as a download; a web address is the insurer's, opened as it stands. */
export function addressOf({ id, kind, webAddress }: EvidenceView): string {
  return kind === 'web_address' && webAddress ? webAddress : `/api/evidence/${id}`;
}

/** The places that a piece is named for; one without a name when there is none. */
export const placesOf = ({ locators }: EvidenceView): readonly string[] => (locators.length > 0 ? locators : ['']);

/** The page to open a piece at, from 1. */
export const pageOf = ({ piece, place }: OpenedPiece): number => locatorPage(placesOf(piece)[place] ?? '') ?? 1;

/** What the address of the page asks for, where it can be shown. */
export function openedPiece(
  pieces: readonly EvidenceView[],
  files: DeskFacts['files'],
  asked: { piece?: unknown; place?: unknown },
): OpenedPiece | null {
  const piece = pieces.find(({ id }) => id === asked.piece);
  if (!piece || sightOf(piece, files) !== 'viewed') return null;
  const place = Number(asked.place ?? 0);
  return { piece, place: Number.isInteger(place) && place >= 0 && place < placesOf(piece).length ? place : 0 };
}

/** The place after the one that is open, over all pieces that can be shown; null when there is none. */
export function nextPlace(
  pieces: readonly EvidenceView[],
  files: DeskFacts['files'],
  opened: OpenedPiece | null,
): OpenedPiece | null {
  const all = pieces
    .filter((piece) => sightOf(piece, files) === 'viewed')
    .flatMap((piece) => placesOf(piece).map((_, place) => ({ piece, place })));
  const now = all.findIndex(({ piece, place }) => piece.id === opened?.piece.id && place === opened.place);
  return all[(now + 1) % Math.max(all.length, 1)] ?? null;
}

/** The address of the workspace with this piece open at this place. */
export function placePath(here: string, { piece, place }: OpenedPiece): string {
  return `${here}&piece=${piece.id}${place > 0 ? `&place=${place}` : ''}`;
}
