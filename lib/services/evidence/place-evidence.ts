import 'server-only';
import type { Transaction } from '#db/client.ts';
import type { Actor } from '#domain/policy.ts';
import { authorizeAt, authorizePiece, type EvidenceRoom } from './evidence-room.ts';
import { type ReplacedPiece, readReplaced } from './replaced-piece.ts';

/** Where a file goes: to a criterion, in the place of an older version, or (`criterionKey` empty) into the library alone. */
export type Place = {
  assessmentId: string;
  criterionKey: string;
  locator: string;
  replacesId?: string | null | undefined;
};

/**
 * Lets the actor store at the criterion, into the library, or in place of another piece, which is given back.
 * @throws as `readReplaced`
 */
export async function authorizePlace(
  tx: Transaction,
  actor: Actor,
  room: EvidenceRoom,
  { assessmentId, criterionKey, replacesId }: Place,
): Promise<ReplacedPiece | null> {
  const replaced = replacesId ? await readReplaced(tx, assessmentId, replacesId) : null;
  if (replaced) await authorizePiece(tx, actor, 'evidence.store', room, replaced);
  if (criterionKey || !replaced) {
    await authorizeAt(tx, actor, 'evidence.store', room, criterionKey ? [criterionKey] : []);
  }
  return replaced;
}
