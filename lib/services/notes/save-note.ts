import 'server-only';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { noteMentions, notes } from '#db/schema/teamwork.ts';
import { statement } from '#db/statement.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { conflict, invalid, notFound, precondition } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { nextState } from '#services/take-transition.ts';
import { isUniqueViolation } from '#services/unique-violation.ts';
import { mostNotes, readMemberIds, readNote, readNoteRoom } from './note-room.ts';

/** What a reader sees nothing of: white space, and marks without a shape such as the zero width space. */
const visible = /[^\s\p{Z}\p{Cc}\p{Cf}]/u;

/** A note of at most 4,000 characters; line ends as the server keeps them. `noteId` is made by the client. */
export const saveNoteInput = z.object({
  assessmentId: z.uuid(),
  criterionKey: z.string().max(32),
  noteId: z.uuid(),
  text: z
    .string()
    .max(100_000, 'too_long')
    .transform((text) => text.replace(/\r\n?/g, '\n').normalize('NFC').trim())
    .refine((text) => visible.test(text), 'text_missing')
    .refine((text) => text.length <= 4_000, 'too_long'),
  /** The colleagues that it names, by user. */
  mentions: z.array(z.uuid()).max(50).default([]),
});
export type SaveNoteInput = z.infer<typeof saveNoteInput>;

/**
 * Leaves a note for colleagues at a criterion, and names those who should see it. It can be left in every state but
 * closed: it is part of nothing that is signed, and a team goes on talking while the supervisor reads. A repeat of the
 * same key with the same text succeeds and adds nothing. The log keeps that a note was left, not where nor for whom: the
 * supervisor reads the log.
 * @throws conflict when the key was used for another text
 * @throws invalid when somebody is named who does not work for the insurer now
 */
export async function saveNote(ctx: Context, input: SaveNoteInput): Promise<{ noteId: string }> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [assessment, room, existing, colleagues] = await Promise.all([
      lockAssessment(tx, input.assessmentId),
      readNoteRoom(tx, input.assessmentId, input.criterionKey),
      readNote(tx, input.noteId),
      readMemberIds(tx, ctx.actor.organisationId),
    ]);
    const of = { assessmentId: assessment.id, organisationId: assessment.organisationId };
    authorize(ctx.actor, 'note.save', of);
    const framework = await compiledFramework(tx, room);
    if (!framework.criterion(input.criterionKey)) throw notFound();
    if (existing) {
      const same =
        existing.assessmentId === of.assessmentId &&
        existing.criterionKey === input.criterionKey &&
        existing.writtenBy === ctx.actor.userId &&
        existing.text === input.text;
      if (same) return { noteId: input.noteId };
      throw conflict(null);
    }
    nextState(assessment, { verb: 'save_note', guards: {} });
    if (room.count >= mostNotes) throw precondition(['too_many_notes']);
    const named = [...new Set(input.mentions)].filter((userId) => userId !== ctx.actor.userId);
    if (!named.every((userId) => colleagues.has(userId))) throw invalid({ mentions: 'no_colleague' });

    await Promise.all([
      writeNote(tx, ctx, { ...of, ...input }),
      insertMentions(tx, { ...of, noteId: input.noteId, userIds: `{${named.join(',')}}` }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'note.save',
        ...of,
        detail: { noteId: input.noteId },
      }),
    ]);
    return { noteId: input.noteId };
  });
}

async function writeNote(tx: Transaction, ctx: Context, note: SaveNoteInput & { organisationId: string }) {
  try {
    await insertNote(tx, { ...note, writtenAt: ctx.now, writtenBy: ctx.actor.userId });
  } catch (error) {
    // Another organisation holds this key: whose it is stays unsaid.
    throw isUniqueViolation(error, 'notes_pkey') ? conflict(null) : error;
  }
}

const insertNote = statement('save-note:write', (db) =>
  db.insert(notes).values({
    id: sql.placeholder('noteId'),
    assessmentId: sql.placeholder('assessmentId'),
    organisationId: sql.placeholder('organisationId'),
    criterionKey: sql.placeholder('criterionKey'),
    text: sql.placeholder('text'),
    writtenAt: sql.placeholder('writtenAt'),
    writtenBy: sql.placeholder('writtenBy'),
  }),
);

const insertMentions = statement('save-note:mentions', (db) =>
  db.insert(noteMentions).select(sql`select ${sql.placeholder('noteId')}::uuid, named.id,
    ${sql.placeholder('assessmentId')}::uuid, ${sql.placeholder('organisationId')}::uuid, null::timestamptz
    from unnest(${sql.placeholder('userIds')}::text::uuid[]) as named (id)`),
);
