import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { organisations } from '#db/schema/identity.ts';
import { statement } from '#db/statement.ts';
import { type Actor, can, type Role } from '#domain/policy.ts';
import { applyTransition } from '#domain/workflow.ts';
import { notFound } from '#services/errors.ts';

/** A colleague as notes name them; `roles` is empty for somebody who no longer works for the insurer. */
type Author = { userId: string; name: string; roles: readonly Role[] };

export type NoteView = {
  id: string;
  text: string;
  /** Instants in ISO 8601. */
  writtenAt: string;
  by: Author;
  mentions: readonly { userId: string; name: string }[];
  /** It names the reader, who has not been on this page since. */
  unseen: boolean;
  resolved: { at: string; name: string } | null;
};

export type CriterionNotes = {
  organisationName: string;
  /** The oldest first. */
  notes: readonly NoteView[];
  /** Whom the reader can name: all who work for the insurer now but the reader. */
  colleagues: readonly Author[];
  maySave: boolean;
};

/** What colleagues told each other at a criterion, and whom a new note can name. One statement; insurer's transactions only. */
export async function readCriterionNotes(
  tx: Transaction,
  actor: Actor,
  input: { assessmentId: string; criterionKey: string },
): Promise<CriterionNotes> {
  const { assessmentId, criterionKey } = input;
  const [row] = await selectNotes(tx, { assessmentId, criterionKey });
  if (!row) throw notFound();
  const { state, organisationId, organisationName, notes, members } = row;
  const authorOf = (userId: string, name: string): Author => ({
    userId,
    name,
    roles: members.find((member) => member.userId === userId)?.roles ?? [],
  });
  return {
    organisationName,
    notes: notes.map(({ writtenBy, writtenByName, resolvedAt, resolvedByName, mentions, ...note }) => ({
      ...note,
      by: authorOf(writtenBy, writtenByName),
      mentions: mentions.map(({ userId, name }) => ({ userId, name })),
      unseen: mentions.some(({ userId, seen }) => userId === actor.userId && !seen),
      resolved: resolvedAt ? { at: resolvedAt, name: resolvedByName ?? '' } : null,
    })),
    colleagues: members.filter(({ userId }) => userId !== actor.userId),
    maySave:
      can(actor, 'note.save', { organisationId }).ok && applyTransition({ verb: 'save_note', state, guards: {} }).ok,
  };
}

type NoteRow = Pick<NoteView, 'id' | 'text' | 'writtenAt'> & {
  writtenBy: string;
  writtenByName: string;
  resolvedAt: string | null;
  resolvedByName: string | null;
  mentions: { userId: string; name: string; seen: boolean }[];
};

const selectNotes = statement('notes:criterion', (db) =>
  db
    .select({
      state: assessments.state,
      organisationId: assessments.organisationId,
      organisationName: organisations.name,
      notes: sql<NoteRow[]>`(select coalesce(json_agg(json_build_object('id', note.id, 'text', note.text,
        'writtenAt', note.written_at, 'writtenBy', note.written_by, 'writtenByName', author.name,
        'resolvedAt', note.resolved_at, 'resolvedByName', resolver.name,
        'mentions', (select coalesce(json_agg(json_build_object('userId', named.id, 'name', named.name,
          'seen', mention.seen_at is not null) order by named.name, named.id), '[]')
          from note_mentions as mention join users as named on named.id = mention.user_id
          where mention.note_id = note.id))
        order by note.written_at, note.id), '[]')
        from notes as note join users as author on author.id = note.written_by
        left join users as resolver on resolver.id = note.resolved_by
        where note.assessment_id = ${assessments.id} and note.criterion_key = ${sql.placeholder('criterionKey')})`,
      members: sql<Author[]>`(select coalesce(json_agg(json_build_object('userId', member.user_id, 'name', person.name,
        'roles', member.roles) order by person.name, person.id), '[]')
        from memberships as member join users as person on person.id = member.user_id
        where member.organisation_id = ${assessments.organisationId} and member.ended_at is null)`,
    })
    .from(assessments)
    .innerJoin(organisations, eq(organisations.id, assessments.organisationId))
    .where(eq(assessments.id, sql.placeholder('assessmentId'))),
);
