import 'server-only';
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { evidence } from '#db/schema/evidence.ts';
import { statement } from '#db/statement.ts';
import { invalid, notFound } from '#services/errors.ts';
import { readEvidence } from './evidence-facts.ts';
import { choosable, pieceNames } from './piece-names.ts';

/** A piece of the library as a form names it: by its key, or by the name that a person typed or picked. */
export const pieceChoice = {
  evidenceId: z.uuid().or(z.literal('')).nullish(),
  piece: z.string().trim().max(300).optional(),
};
export type PieceChoice = { assessmentId: string; evidenceId?: string | null | undefined; piece?: string | undefined };

/**
 * The key of the piece that was chosen: one of this assessment that was neither taken away nor refused.
 * @throws not found for a key, invalid with `fields.piece` for a name, that no such piece has
 */
export async function findChosen(tx: Transaction, { assessmentId, evidenceId, piece }: PieceChoice): Promise<string> {
  if (evidenceId) {
    const [row] = await selectChosen(tx, { assessmentId, evidenceId });
    if (!row) throw notFound();
    return row.id;
  }
  if (!piece) throw invalid({ piece: 'piece_missing' });
  const names = pieceNames(choosable(await readEvidence(tx, assessmentId)));
  const found = names.find(({ name, full }) => name === piece || full === piece);
  if (!found) throw invalid({ piece: 'piece_unknown' });
  return found.id;
}

const selectChosen = statement('evidence:chosen', (db) =>
  db
    .select({ id: evidence.id })
    .from(evidence)
    .where(
      and(
        eq(evidence.id, sql.placeholder('evidenceId')),
        eq(evidence.assessmentId, sql.placeholder('assessmentId')),
        isNull(evidence.removedAt),
        ne(evidence.scanResult, 'refused'),
      ),
    ),
);
