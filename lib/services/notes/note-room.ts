import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { memberships } from '#db/schema/identity.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { notes } from '#db/schema/teamwork.ts';
import { statement } from '#db/statement.ts';
import { notFound } from '#services/errors.ts';

/** Of the notes at one criterion, so that its page stays one that can be read. */
export const mostNotes = 200;

/** What a new note rests on: the framework that names the criterion, and how much stands there. Insurer's transactions only. */
export async function readNoteRoom(tx: Transaction, assessmentId: string, criterionKey: string) {
  const [row] = await selectRoom(tx, { assessmentId, criterionKey });
  if (!row) throw notFound();
  return row;
}

/** The note with this key, of whatever assessment of the organisation; undefined when there is none. */
export async function readNote(tx: Transaction, noteId: string) {
  const [row] = await selectNote(tx, { noteId });
  return row;
}

/** The people who work for the organisation now. */
export async function readMemberIds(tx: Transaction, organisationId: string): Promise<ReadonlySet<string>> {
  return new Set((await selectMembers(tx, { organisationId })).map(({ userId }) => userId));
}

const selectRoom = statement('notes:room', (db) =>
  db
    .select({
      ref: frameworkVersions.ref,
      sha256: frameworkVersions.sha256,
      count: sql<number>`(select count(*)::int from ${notes} where ${notes.assessmentId} = ${assessments.id}
        and ${notes.criterionKey} = ${sql.placeholder('criterionKey')})`,
    })
    .from(assessments)
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(eq(assessments.id, sql.placeholder('assessmentId'))),
);

const selectNote = statement('notes:one', (db) =>
  db
    .select()
    .from(notes)
    .where(eq(notes.id, sql.placeholder('noteId'))),
);

const selectMembers = statement('notes:members', (db) =>
  db
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.organisationId, sql.placeholder('organisationId')), isNull(memberships.endedAt))),
);
