import 'server-only';
import type { Transaction } from '#db/client.ts';
import type { Context } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { authorizeEnclosing, enclosingOf } from './enclosing.ts';
import { authorizeAt, authorizePiece, type EvidenceRoom } from './evidence-room.ts';
import { type ReplacedPiece, readReplaced } from './replaced-piece.ts';

/**
 * Where a file goes: to a criterion, in the place of an older version, with a supplement or with what is said of a section
 * in a hearing, or (all of them empty) into the library alone.
 */
export type Place = {
  assessmentId: string;
  criterionKey: string;
  locator: string;
  replacesId?: string | null | undefined;
  requestId?: string | null | undefined;
  draftOutcomeId?: string | null | undefined;
  sectionKey?: string | null | undefined;
};

/**
 * Lets the actor store at the criterion, into the library, or in place of another piece, which is given back; and, where
 * evidence rests, what is to be enclosed and for nothing else.
 * @throws as `readReplaced` and `authorizeEnclosing`
 */
export async function authorizePlace(
  tx: Transaction,
  ctx: Pick<Context, 'actor' | 'now'>,
  room: EvidenceRoom,
  place: Place,
): Promise<ReplacedPiece | null> {
  const { assessmentId, criterionKey, replacesId } = place;
  const { actor } = ctx;
  const enclosing = enclosingOf(place);
  if (enclosing) {
    // What is enclosed supports no criterion and replaces nothing: what was signed stays as it is.
    if (criterionKey || replacesId) throw notFound();
    await authorizeEnclosing(tx, ctx, room, enclosing);
    return null;
  }
  const replaced = replacesId ? await readReplaced(tx, assessmentId, replacesId) : null;
  if (replaced) await authorizePiece(tx, actor, 'evidence.store', room, replaced);
  if (criterionKey || !replaced) {
    await authorizeAt(tx, actor, 'evidence.store', room, criterionKey ? [criterionKey] : []);
  }
  return replaced;
}
