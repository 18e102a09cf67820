import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { workingNotes } from '#db/schema/reviews.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound, precondition } from '#services/errors.ts';
import { readReviewFacts } from '#services/reviews/review-facts.ts';

export const removeWorkingNoteInput = z.object({ assessmentId: z.uuid(), noteId: z.uuid() });
export type RemoveWorkingNoteInput = z.infer<typeof removeWorkingNoteInput>;

/**
 * Takes away a note that the actor wrote; the row stays, and no screen shows it. Taken away already: nothing happens.
 * @throws precondition `note_of_another`
 */
export async function removeWorkingNote(ctx: Context, input: RemoveWorkingNoteInput): Promise<{ noteId: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, noteId } = input;
    const [assessment, facts, [note]] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
      tx.select().from(workingNotes).where(eq(workingNotes.id, noteId)),
    ]);
    authorize(ctx.actor, 'working_note.save', facts.policy);
    if (note?.assessmentId !== assessmentId) throw notFound();
    if (note.writtenBy !== ctx.actor.userId) throw precondition(['note_of_another']);
    if (note.removedAt) return { noteId };
    await Promise.all([
      tx.update(workingNotes).set({ removedAt: ctx.now }).where(eq(workingNotes.id, noteId)),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'working_note.remove',
        organisationId: assessment.organisationId,
        assessmentId,
        detail: { noteId, criterionKey: note.criterionKey },
      }),
    ]);
    return { noteId };
  });
}
