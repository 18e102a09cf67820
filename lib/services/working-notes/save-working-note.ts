import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { workingNotes } from '#db/schema/reviews.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { invalid, notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { givenText } from '#services/given-text.ts';
import { readReviewFacts } from '#services/reviews/review-facts.ts';

export const saveWorkingNoteInput = z.object({
  /** Made by the client: a repeated post finds its own note. */
  id: z.uuid(),
  assessmentId: z.uuid(),
  /** Empty for a note on the whole assessment. */
  criterionKey: z
    .string()
    .max(32)
    .transform((key) => key || null)
    .nullable()
    .default(null),
  text: givenText.refine((text) => text !== '', { error: 'note_missing' }),
});
export type SaveWorkingNoteInput = z.infer<typeof saveWorkingNoteInput>;

/**
 * Writes a note for the supervisor's own people, on an assessment or one criterion, in whatever state it is. Notes are
 * appended: who wants other words takes the note away and writes a new one. No insurer ever sees one.
 */
export async function saveWorkingNote(ctx: Context, input: SaveWorkingNoteInput): Promise<{ noteId: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { id, assessmentId, criterionKey, text } = input;
    const [assessment, facts, [present]] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
      tx.select().from(workingNotes).where(eq(workingNotes.id, id)),
    ]);
    authorize(ctx.actor, 'working_note.save', facts.policy);
    if (criterionKey !== null) {
      const framework = await compiledFramework(tx, facts.framework);
      if (!framework.criterion(criterionKey)) throw notFound();
    }
    if (present) {
      if (present.assessmentId === assessmentId && present.writtenBy === ctx.actor.userId) return { noteId: id };
      throw invalid({ id: 'used_before' });
    }
    const { organisationId } = assessment;
    await Promise.all([
      tx.insert(workingNotes).values({
        id,
        assessmentId,
        organisationId,
        criterionKey,
        text,
        writtenAt: ctx.now,
        writtenBy: ctx.actor.userId,
      }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'working_note.save',
        organisationId,
        assessmentId,
        detail: { noteId: id, criterionKey },
      }),
    ]);
    return { noteId: id };
  });
}
