import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { grounds } from '#domain/answers.ts';
import type { ClaimCounts } from '#domain/findings.ts';
import { belongsToAssessment, ofAssessment, response, state, submissions } from './assessments.ts';
import { claimDraws } from './claim-files.ts';
import { instant, key } from './columns.ts';
import { organisations, users } from './identity.ts';
import { frameworkVersions } from './rounds.ts';

export const ground = pgEnum('ground', grounds);
export const noticeKind = pgEnum('notice_kind', [
  'returned',
  'extended',
  'closed',
  'reopened',
  'under_revision',
  'extension_refused',
]);

const targetsOne = sql`(criterion_key is null) <> (intake_key is null)`;

/** Counts have their draw, are about a criterion that got a response, and together make what was drawn. */
const quotesClaims = sql`(claim_draw_id is null) = (claim_counts is null) and (claim_counts is null or coalesce(
  criterion_key is not null and response is not null
  and (claim_counts ->> 'conform')::int + (claim_counts ->> 'notConform')::int
    + (claim_counts ->> 'undeterminable')::int + (claim_counts ->> 'open')::int = (claim_counts ->> 'drawn')::int, false))`;

/** A reviewer on an assessment, until it is ended. */
export const assignments = pgTable(
  'assignments',
  {
    id: key(),
    ...ofAssessment(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    assignedAt: instant('assigned_at').notNull(),
    assignedBy: uuid('assigned_by')
      .notNull()
      .references(() => users.id),
    endedAt: instant('ended_at'),
    endedBy: uuid('ended_by').references(() => users.id),
  },
  (table) => [
    uniqueIndex('assignments_active').on(table.assessmentId, table.userId).where(sql`${table.endedAt} is null`),
    index('assignments_user').on(table.userId).where(sql`${table.endedAt} is null`),
    belongsToAssessment(table),
  ],
);

/** A supervisor's person who declared an interest in an insurer: it does not exist for them. */
export const conflictsOfInterest = pgTable(
  'conflicts_of_interest',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisations.id),
    declaredAt: instant('declared_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.organisationId] })],
);

/**
 * The supervisor's word on one criterion (`response`) or intake fact (`intakeValue`). Appended, never changed: the
 * highest version counts. `submissionId` is the signed answer it was given on; equal to the answer is a confirmation. What
 * the files of a draw of claims showed until then stands with it; null where the norm asks for none or none was looked at.
 */
export const verdicts = pgTable(
  'verdicts',
  {
    id: key(),
    ...ofAssessment(),
    submissionId: uuid('submission_id').notNull(),
    criterionKey: text('criterion_key'),
    intakeKey: text('intake_key'),
    version: integer('version').notNull(),
    response: response('response'),
    intakeValue: boolean('intake_value'),
    overrides: boolean('overrides').notNull(),
    ground: ground('ground'),
    reason: text('reason').notNull().default(''),
    decidedAt: instant('decided_at').notNull(),
    decidedBy: uuid('decided_by')
      .notNull()
      .references(() => users.id),
    claimDrawId: uuid('claim_draw_id'),
    claimCounts: jsonb('claim_counts').$type<ClaimCounts>(),
  },
  (table) => [
    unique('verdicts_version')
      .on(table.assessmentId, table.criterionKey, table.intakeKey, table.version)
      .nullsNotDistinct(),
    check('verdicts_target', targetsOne),
    check(
      'verdicts_override',
      sql`not ${table.overrides} or (${table.ground} is not null and length(trim(${table.reason})) > 0)`,
    ),
    foreignKey({
      columns: [table.submissionId, table.organisationId],
      foreignColumns: [submissions.id, submissions.organisationId],
    }),
    foreignKey({
      columns: [table.claimDrawId, table.organisationId],
      foreignColumns: [claimDraws.id, claimDraws.organisationId],
    }),
    check('verdicts_claims', quotesClaims),
    belongsToAssessment(table),
  ],
);

/** The supervisor's level for one section, made on a computed level. Appended; the highest version counts. */
export const determinations = pgTable(
  'determinations',
  {
    id: key(),
    ...ofAssessment(),
    sectionKey: text('section_key').notNull(),
    version: integer('version').notNull(),
    computedLevel: integer('computed_level').notNull(),
    level: integer('level').notNull(),
    reason: text('reason').notNull().default(''),
    determinedAt: instant('determined_at').notNull(),
    determinedBy: uuid('determined_by')
      .notNull()
      .references(() => users.id),
  },
  (table) => [
    unique('determinations_version').on(table.assessmentId, table.sectionKey, table.version),
    check('determinations_level', sql`${table.level} between 1 and 5 and ${table.computedLevel} between 1 and 5`),
    check('determinations_reason', sql`${table.level} = ${table.computedLevel} or length(trim(${table.reason})) > 0`),
    belongsToAssessment(table),
  ],
);

/** Every step that an assessment took, with who took it; only the supervisor reads it. */
export const transitions = pgTable(
  'transitions',
  {
    id: key(),
    ...ofAssessment(),
    verb: text('verb').notNull(),
    /** Null for `open`: before it there was no assessment. */
    fromState: state('from_state'),
    toState: state('to_state').notNull(),
    reason: text('reason').notNull().default(''),
    detail: jsonb('detail'),
    takenAt: instant('taken_at').notNull(),
    takenBy: uuid('taken_by').references(() => users.id),
  },
  (table) => [index('transitions_assessment').on(table.assessmentId, table.takenAt), belongsToAssessment(table)],
);

/** What the supervisor tells the insurer, written when it is sent, without a name. `items` points at criteria or sections. */
export const notices = pgTable(
  'notices',
  {
    id: key(),
    ...ofAssessment(),
    kind: noticeKind('kind').notNull(),
    reason: text('reason').notNull(),
    items: jsonb('items').$type<{ key: string; text: string }[]>().notNull().default([]),
    termAt: instant('term_at'),
    sentAt: instant('sent_at').notNull(),
  },
  (table) => [index('notices_assessment').on(table.assessmentId, table.sentAt), belongsToAssessment(table)],
);

/** What the supervisor's people write for themselves at an assessment or a criterion. No insurer ever sees one. */
export const workingNotes = pgTable(
  'working_notes',
  {
    id: key(),
    ...ofAssessment(),
    criterionKey: text('criterion_key'),
    text: text('text').notNull(),
    writtenAt: instant('written_at').notNull(),
    writtenBy: uuid('written_by')
      .notNull()
      .references(() => users.id),
    removedAt: instant('removed_at'),
  },
  (table) => [
    index('working_notes_assessment').on(table.assessmentId, table.criterionKey, table.writtenAt),
    check('working_notes_text', sql`length(trim(${table.text})) > 0`),
    belongsToAssessment(table),
  ],
);

/** A reason that may be inserted and then edited. `criterionKey` null: for every criterion of the framework. */
export const standardReasons = pgTable(
  'standard_reasons',
  {
    id: key(),
    frameworkRef: text('framework_ref')
      .notNull()
      .references(() => frameworkVersions.ref),
    criterionKey: text('criterion_key'),
    ground: ground('ground'),
    text: text('text').notNull(),
    writtenAt: instant('written_at').notNull(),
    writtenBy: uuid('written_by')
      .notNull()
      .references(() => users.id),
    retiredAt: instant('retired_at'),
  },
  (table) => [
    index('standard_reasons_framework').on(table.frameworkRef, table.criterionKey),
    check('standard_reasons_text', sql`length(trim(${table.text})) > 0`),
  ],
);

/** A decided assessment that is published by itself at a chosen moment, until it is cancelled or done. */
export const plannedPublications = pgTable(
  'planned_publications',
  {
    id: key(),
    ...ofAssessment(),
    plannedFor: instant('planned_for').notNull(),
    plannedAt: instant('planned_at').notNull(),
    plannedBy: uuid('planned_by')
      .notNull()
      .references(() => users.id),
    endedAt: instant('ended_at'),
  },
  (table) => [
    uniqueIndex('planned_publications_standing').on(table.assessmentId).where(sql`${table.endedAt} is null`),
    belongsToAssessment(table),
  ],
);
