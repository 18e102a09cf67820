import {
  type AnyPgColumn,
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { responses } from '#domain/answers.ts';
import type { KeptScores } from '#domain/snapshot.ts';
import { states } from '#domain/workflow.ts';
import { bytes, instant, key } from './columns.ts';
import { organisations, users } from './identity.ts';
import { rounds } from './rounds.ts';

export const state = pgEnum('assessment_state', states);
export const response = pgEnum('response', responses);

/** Numbers the references that people quote, such as TR-2018-0117. */
export const assessmentReferences = pgSequence('assessment_references');

/** One insurer in one round: the row that every verb locks. `deadlineAt` is its own, after extension. */
export const assessments = pgTable(
  'assessments',
  {
    id: key(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisations.id),
    roundId: uuid('round_id')
      .notNull()
      .references(() => rounds.id),
    state: state('state').notNull().default('draft'),
    stateBeforeClosing: state('state_before_closing'),
    stateChangedAt: instant('state_changed_at').notNull(),
    deadlineAt: instant('deadline_at').notNull(),
    reference: text('reference').notNull().unique(),
    proposedBy: uuid('proposed_by').references(() => users.id),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    unique('assessments_tenant').on(table.id, table.organisationId),
    uniqueIndex('assessments_participant').on(table.roundId, table.organisationId),
    index('assessments_organisation').on(table.organisationId),
    index('assessments_queue').on(table.roundId, table.state, table.deadlineAt, table.id),
  ],
);

/** The columns and the double key that tie a row to one assessment of one organisation. */
export const ofAssessment = () => ({
  assessmentId: uuid('assessment_id').notNull(),
  organisationId: uuid('organisation_id').notNull(),
});

/** The row is of an assessment of this very organisation: the two keys cannot drift apart. */
export const belongsToAssessment = (table: { assessmentId: AnyPgColumn; organisationId: AnyPgColumn }) =>
  foreignKey({
    columns: [table.assessmentId, table.organisationId],
    foreignColumns: [assessments.id, assessments.organisationId],
  });

/** What the insurer states about itself; decides which criteria apply. */
export const intakeAnswers = pgTable(
  'intake_answers',
  {
    ...ofAssessment(),
    intakeKey: text('intake_key').notNull(),
    value: boolean('value').notNull(),
    version: integer('version').notNull(),
    savedAt: instant('saved_at').notNull(),
    savedBy: uuid('saved_by')
      .notNull()
      .references(() => users.id),
  },
  (table) => [primaryKey({ columns: [table.assessmentId, table.intakeKey] }), belongsToAssessment(table)],
);

/** The current answer to one criterion. `version` counts up by one with each saved change, from 1. */
export const answers = pgTable(
  'answers',
  {
    ...ofAssessment(),
    criterionKey: text('criterion_key').notNull(),
    response: response('response'),
    explanation: text('explanation').notNull().default(''),
    version: integer('version').notNull(),
    savedAt: instant('saved_at').notNull(),
    savedBy: uuid('saved_by')
      .notNull()
      .references(() => users.id),
    /** The assessment of an earlier round whose explanation stands here unchanged; empty again once it is edited. */
    takenOverFrom: uuid('taken_over_from').references(() => assessments.id),
  },
  (table) => [primaryKey({ columns: [table.assessmentId, table.criterionKey] }), belongsToAssessment(table)],
);

/** Every version that an answer ever had, the current one included: nothing typed is ever lost. */
export const answerVersions = pgTable(
  'answer_versions',
  {
    ...ofAssessment(),
    criterionKey: text('criterion_key').notNull(),
    version: integer('version').notNull(),
    response: response('response'),
    explanation: text('explanation').notNull(),
    savedAt: instant('saved_at').notNull(),
    savedBy: uuid('saved_by')
      .notNull()
      .references(() => users.id),
  },
  (table) => [
    primaryKey({ columns: [table.assessmentId, table.criterionKey, table.version] }),
    belongsToAssessment(table),
  ],
);

/** What the signatory signed: canonical JSON and its hash, never changed; a withdrawn one stays as such. */
export const submissions = pgTable(
  'submissions',
  {
    id: key(),
    ...ofAssessment(),
    number: integer('number').notNull(),
    snapshot: text('snapshot').notNull(),
    sha256: bytes('sha256').notNull(),
    scores: jsonb('scores').$type<KeptScores>().notNull(),
    signatoryName: text('signatory_name').notNull(),
    signatoryFunction: text('signatory_function').notNull(),
    signedAt: instant('signed_at').notNull(),
    signedBy: uuid('signed_by')
      .notNull()
      .references(() => users.id),
    auditHead: bytes('audit_head'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBy: uuid('withdrawn_by').references(() => users.id),
  },
  (table) => [
    unique('submissions_number').on(table.assessmentId, table.number),
    unique('submissions_tenant').on(table.id, table.organisationId),
    belongsToAssessment(table),
  ],
);

/** What an outside assessor found (section V); the latest import of a criterion counts, all stay. */
export const outsideResults = pgTable(
  'outside_results',
  {
    id: key(),
    ...ofAssessment(),
    criterionKey: text('criterion_key').notNull(),
    response: response('response').notNull(),
    measuredOn: date('measured_on', { mode: 'string' }).notNull(),
    source: text('source').notNull(),
    importedAt: instant('imported_at').notNull(),
    importedBy: uuid('imported_by')
      .notNull()
      .references(() => users.id),
  },
  (table) => [
    index('outside_results_latest').on(table.assessmentId, table.criterionKey, table.importedAt),
    belongsToAssessment(table),
  ],
);
