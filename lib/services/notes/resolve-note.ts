import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { notes } from '#db/schema/teamwork.ts';
import { statement } from '#db/statement.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { nextState } from '#services/take-transition.ts';
import { readNote } from './note-room.ts';

export const resolveNoteInput = z.object({
  assessmentId: z.uuid(),
  noteId: z.uuid(),
  /** `resolved`: nothing more is asked by it; `open`: it stands again. */
  to: z.enum(['resolved', 'open']),
});
export type ResolveNoteInput = z.infer<typeof resolveNoteInput>;

/** Marks a note as dealt with, or opens it again. Whoever may leave notes may do it; what is so already stays so. */
export async function resolveNote(ctx: Context, input: ResolveNoteInput): Promise<{ noteId: string }> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [assessment, note] = await Promise.all([lockAssessment(tx, input.assessmentId), readNote(tx, input.noteId)]);
    const of = { assessmentId: assessment.id, organisationId: assessment.organisationId };
    authorize(ctx.actor, 'note.save', of);
    if (note?.assessmentId !== of.assessmentId) throw notFound();
    nextState(assessment, { verb: 'save_note', guards: {} });
    const resolve = input.to === 'resolved';
    if (resolve === (note.resolvedAt !== null)) return { noteId: note.id };
    await Promise.all([
      updateNote(tx, {
        noteId: note.id,
        resolvedAt: resolve ? ctx.now.toISOString() : null,
        resolvedBy: resolve ? ctx.actor.userId : null,
      }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: resolve ? 'note.resolve' : 'note.reopen',
        ...of,
        detail: { noteId: note.id },
      }),
    ]);
    return { noteId: note.id };
  });
}

const updateNote = statement('resolve-note:write', (db) =>
  db
    .update(notes)
    .set({
      resolvedAt: sql`${sql.placeholder('resolvedAt')}::timestamptz`,
      resolvedBy: sql`${sql.placeholder('resolvedBy')}::uuid`,
    })
    .where(eq(notes.id, sql.placeholder('noteId'))),
);
