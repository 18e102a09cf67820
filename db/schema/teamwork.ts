import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { belongsToAssessment, ofAssessment } from './assessments.ts';
import { instant, key } from './columns.ts';
import { memberships, users } from './identity.ts';

/** A coordinator asks a colleague for a section by a day. One stands per section; a new one ends the one before. */
export const delegations = pgTable(
  'delegations',
  {
    id: key(),
    ...ofAssessment(),
    sectionKey: text('section_key').notNull(),
    membershipId: uuid('membership_id')
      .notNull()
      .references(() => memberships.id),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    askedAt: instant('asked_at').notNull(),
    askedBy: uuid('asked_by')
      .notNull()
      .references(() => users.id),
    endedAt: instant('ended_at'),
    endedBy: uuid('ended_by').references(() => users.id),
  },
  (table) => [
    uniqueIndex('delegations_standing').on(table.assessmentId, table.sectionKey).where(sql`${table.endedAt} is null`),
    belongsToAssessment(table),
  ],
);

/** What colleagues of an insurer tell each other at a criterion. The supervisor never sees one. */
export const notes = pgTable(
  'notes',
  {
    id: key(),
    ...ofAssessment(),
    criterionKey: text('criterion_key').notNull(),
    text: text('text').notNull(),
    writtenAt: instant('written_at').notNull(),
    writtenBy: uuid('written_by')
      .notNull()
      .references(() => users.id),
    resolvedAt: instant('resolved_at'),
    resolvedBy: uuid('resolved_by').references(() => users.id),
  },
  (table) => [
    unique('notes_tenant').on(table.id, table.organisationId),
    index('notes_assessment').on(table.assessmentId, table.criterionKey, table.writtenAt),
    check('notes_text', sql`length(trim(${table.text})) > 0`),
    belongsToAssessment(table),
  ],
);

/** A colleague that a note names; `seenAt` is when that colleague opened the criterion after it was written. */
export const noteMentions = pgTable(
  'note_mentions',
  {
    noteId: uuid('note_id').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    ...ofAssessment(),
    seenAt: instant('seen_at'),
  },
  (table) => [
    primaryKey({ columns: [table.noteId, table.userId] }),
    index('note_mentions_unseen').on(table.userId, table.assessmentId).where(sql`${table.seenAt} is null`),
    foreignKey({
      columns: [table.noteId, table.organisationId],
      foreignColumns: [notes.id, notes.organisationId],
    }),
    belongsToAssessment(table),
  ],
);

/**
 * Who has a page of an assessment open, one row per open page. It lives as long as its connection; a row that was not
 * seen for a minute counts for nothing. `criterionKey` null: a page that is about no single criterion.
 */
export const presences = pgTable(
  'presences',
  {
    id: key(),
    ...ofAssessment(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    criterionKey: text('criterion_key'),
    editing: boolean('editing').notNull().default(false),
    seenAt: instant('seen_at').notNull(),
  },
  (table) => [index('presences_assessment').on(table.assessmentId, table.seenAt), belongsToAssessment(table)],
);

/** What an insurer asks of the lead: more time. Answered by an extension, or by a refusal with its reason. */
export const extensionRequests = pgTable(
  'extension_requests',
  {
    id: key(),
    ...ofAssessment(),
    reason: text('reason').notNull(),
    askedAt: instant('asked_at').notNull(),
    askedBy: uuid('asked_by')
      .notNull()
      .references(() => users.id),
    answeredAt: instant('answered_at'),
    /** The answer; null until there is one, and where none was needed any more. */
    granted: boolean('granted'),
  },
  (table) => [
    uniqueIndex('extension_requests_open').on(table.assessmentId).where(sql`${table.answeredAt} is null`),
    check('extension_requests_reason', sql`length(trim(${table.reason})) > 0`),
    belongsToAssessment(table),
  ],
);
