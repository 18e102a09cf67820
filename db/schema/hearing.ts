import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { belongsToAssessment, ofAssessment } from './assessments.ts';
import { bytes, instant, key } from './columns.ts';
import { evidence } from './evidence.ts';
import { users } from './identity.ts';

/** What was sent for the hearing: canonical JSON exactly as the insurer sees it, with its hash. Never changed. */
export const draftOutcomes = pgTable(
  'draft_outcomes',
  {
    id: key(),
    ...ofAssessment(),
    version: integer('version').notNull(),
    content: text('content').notNull(),
    sha256: bytes('sha256').notNull(),
    termAt: instant('term_at').notNull(),
    sentAt: instant('sent_at').notNull(),
    sentBy: uuid('sent_by')
      .notNull()
      .references(() => users.id),
    /** The term went by without a response: recorded when the supervisor takes the next step. */
    silentAt: instant('silent_at'),
  },
  (table) => [
    unique('draft_outcomes_version').on(table.assessmentId, table.version),
    unique('draft_outcomes_tenant').on(table.id, table.organisationId),
    belongsToAssessment(table),
  ],
);

/** The insurer's reply to one version of a draft outcome. Until it is sent only the insurer sees it. */
export const hearingResponses = pgTable(
  'hearing_responses',
  {
    draftOutcomeId: uuid('draft_outcome_id').primaryKey(),
    ...ofAssessment(),
    sentAt: instant('sent_at'),
    sentBy: uuid('sent_by').references(() => users.id),
  },
  (table) => [
    foreignKey({
      columns: [table.draftOutcomeId, table.organisationId],
      foreignColumns: [draftOutcomes.id, draftOutcomes.organisationId],
    }),
    index('hearing_responses_assessment').on(table.assessmentId),
    belongsToAssessment(table),
  ],
);

/** What the insurer says of one section: it agrees, or it does not, and why. Null: nothing chosen yet. */
export const hearingStatements = pgTable(
  'hearing_statements',
  {
    draftOutcomeId: uuid('draft_outcome_id').notNull(),
    sectionKey: text('section_key').notNull(),
    ...ofAssessment(),
    agrees: boolean('agrees'),
    text: text('text').notNull().default(''),
    version: integer('version').notNull(),
    savedAt: instant('saved_at').notNull(),
    savedBy: uuid('saved_by')
      .notNull()
      .references(() => users.id),
  },
  (table) => [
    primaryKey({ columns: [table.draftOutcomeId, table.sectionKey] }),
    foreignKey({
      columns: [table.draftOutcomeId, table.organisationId],
      foreignColumns: [draftOutcomes.id, draftOutcomes.organisationId],
    }),
    belongsToAssessment(table),
  ],
);

/** Evidence that goes with an objection; sending the response opens it to the supervisor. */
export const hearingEvidence = pgTable(
  'hearing_evidence',
  {
    draftOutcomeId: uuid('draft_outcome_id').notNull(),
    sectionKey: text('section_key').notNull(),
    evidenceId: uuid('evidence_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    locator: text('locator').notNull().default(''),
    /** It was stored for this, not chosen from the library: taken away here, it goes. */
    own: boolean('own').notNull().default(false),
    removedAt: instant('removed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.draftOutcomeId, table.sectionKey, table.evidenceId] }),
    index('hearing_evidence_evidence').on(table.evidenceId),
    foreignKey({
      columns: [table.draftOutcomeId, table.organisationId],
      foreignColumns: [draftOutcomes.id, draftOutcomes.organisationId],
    }),
    foreignKey({
      columns: [table.evidenceId, table.organisationId],
      foreignColumns: [evidence.id, evidence.organisationId],
    }),
  ],
);

/** The supervisor's answer to an objection. Appended; the highest version counts, and goes into the outcome. */
export const objectionAnswers = pgTable(
  'objection_answers',
  {
    draftOutcomeId: uuid('draft_outcome_id').notNull(),
    sectionKey: text('section_key').notNull(),
    version: integer('version').notNull(),
    ...ofAssessment(),
    text: text('text').notNull(),
    answeredAt: instant('answered_at').notNull(),
    answeredBy: uuid('answered_by')
      .notNull()
      .references(() => users.id),
  },
  (table) => [
    primaryKey({ columns: [table.draftOutcomeId, table.sectionKey, table.version] }),
    foreignKey({
      columns: [table.draftOutcomeId, table.organisationId],
      foreignColumns: [draftOutcomes.id, draftOutcomes.organisationId],
    }),
    check('objection_answers_text', sql`length(trim(${table.text})) > 0`),
    belongsToAssessment(table),
  ],
);
