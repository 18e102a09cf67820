import type { LaterPiece, PublishedCriterion } from '#domain/snapshot.ts';
import type { Piece } from '#services/publications/dashboard-work.ts';

/** A piece of evidence as an outcome tells it; `given` says how it came in after signing, null when it was signed. */
export type PieceView = Omit<Piece, 'kind'> & {
  given: { with: 'request' | 'hearing'; sentAt: string } | null;
  /** Its file can be opened: it is there, and no scan waits or refused it. */
  opens: boolean;
};

/** What the verdict says of the evidence. `given`: nothing; `none`: that it lacks, and nothing was given. */
export type Convinced = 'convinced' | 'notConvinced' | 'otherGround' | 'none' | 'given';

const worth = { not_met: 0, partly: 1, met: 2 } as const;

/** Evidence convinced where the verdict leaves the claim standing or raises it, and not where it was not demonstrated. */
export function convinced({ answer, verdict }: PublishedCriterion, pieces: number): Convinced {
  if (!verdict) return 'given';
  if (verdict.ground === 'not_demonstrated') return pieces > 0 ? 'notConvinced' : 'none';
  if (pieces === 0) return 'given';
  if (verdict.response === 'not_met') return verdict.overrides ? 'otherGround' : 'given';
  const claimed = answer?.response ? worth[answer.response] : 0;
  return worth[verdict.response] >= claimed ? 'convinced' : 'otherGround';
}

/** The evidence of a criterion: what was signed, then what came with answers to information requests. */
export function piecesOf(
  signed: readonly Piece[],
  { supplements = [] }: Pick<PublishedCriterion, 'supplements'>,
  openable: readonly string[],
): PieceView[] {
  return [
    ...signed.map((piece) => ({ ...piece, given: null, opens: openable.includes(piece.id) })),
    ...supplements.flatMap(({ sentAt, evidence }) =>
      evidence.map((piece) => laterPiece(piece, { with: 'request', sentAt }, openable)),
    ),
  ];
}

/** A piece that came in after signing. */
export function laterPiece(
  { id, title, locator, fileName, webAddress, seenOn, sha256 }: LaterPiece,
  given: NonNullable<PieceView['given']>,
  openable: readonly string[],
): PieceView {
  return { id, title, locator, fileName, webAddress, seenOn, sha256, given, opens: openable.includes(id) };
}
