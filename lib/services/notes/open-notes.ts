import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { notes } from '#db/schema/teamwork.ts';
import { statement } from '#db/statement.ts';

/** Of one criterion: the notes that are not dealt with, and how many of these name the reader, who did not see them. */
export type OpenNotes = { open: number; unseen: number };

/** What is being talked about, by criterion key; a criterion without an open note is left out. One statement. */
export async function openNotes(
  tx: Transaction,
  assessmentId: string,
  userId: string,
): Promise<Readonly<Record<string, OpenNotes>>> {
  const rows = await selectOpen(tx, { assessmentId, userId });
  return Object.fromEntries(rows.map(({ criterionKey, ...counts }) => [criterionKey, counts]));
}

const selectOpen = statement('notes:open', (db) =>
  db
    .select({
      criterionKey: notes.criterionKey,
      open: sql<number>`count(*)::int`,
      unseen: sql<number>`count(mentions.note_id)::int`,
    })
    .from(notes)
    .leftJoin(
      sql`note_mentions as mentions`,
      sql`mentions.note_id = ${notes.id} and mentions.user_id = ${sql.placeholder('userId')} and mentions.seen_at is null`,
    )
    .where(and(eq(notes.assessmentId, sql.placeholder('assessmentId')), isNull(notes.resolvedAt)))
    .groupBy(notes.criterionKey),
);
