import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { assessments } from '#db/schema/assessments.ts';
import { noteMentions } from '#db/schema/teamwork.ts';
import { statement } from '#db/statement.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';

export const seeMentionsInput = z.object({
  assessmentId: z.uuid(),
  /** The notes that the page showed: one that came in since is not seen by this. */
  noteIds: z.array(z.uuid()).min(1).max(200),
});
export type SeeMentionsInput = z.infer<typeof seeMentionsInput>;

/**
 * Keeps that the actor saw notes in which colleagues name them. The page of the criterion posts it once it is open, since
 * reading a page writes nothing; without script it is a button. Seen twice is seen once.
 */
export async function seeMentions(ctx: Context, input: SeeMentionsInput): Promise<{ seen: number }> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId } = input;
    const [assessment] = await selectAssessment(tx, { assessmentId });
    if (!assessment) throw notFound();
    authorize(ctx.actor, 'note.read', assessment);
    const seen = await updateMentions(tx, {
      assessmentId,
      userId: ctx.actor.userId,
      noteIds: `{${input.noteIds.join(',')}}`,
      seenAt: ctx.now.toISOString(),
    });
    if (seen.length === 0) return { seen: 0 };
    await recordEvent(tx, {
      at: ctx.now,
      actorId: ctx.actor.userId,
      action: 'note.see',
      assessmentId,
      organisationId: assessment.organisationId,
      detail: { noteIds: seen.map(({ noteId }) => noteId) },
    });
    return { seen: seen.length };
  });
}

const selectAssessment = statement('see-mentions:assessment', (db) =>
  db
    .select({ organisationId: assessments.organisationId })
    .from(assessments)
    .where(eq(assessments.id, sql.placeholder('assessmentId'))),
);

const updateMentions = statement('see-mentions:write', (db) =>
  db
    .update(noteMentions)
    .set({ seenAt: sql`${sql.placeholder('seenAt')}::timestamptz` })
    .where(
      and(
        eq(noteMentions.assessmentId, sql.placeholder('assessmentId')),
        eq(noteMentions.userId, sql.placeholder('userId')),
        isNull(noteMentions.seenAt),
        sql`${noteMentions.noteId} = any(${sql.placeholder('noteIds')}::text::uuid[])`,
      ),
    )
    .returning({ noteId: noteMentions.noteId }),
);
