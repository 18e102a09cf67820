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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { belongsToAssessment, ofAssessment } from './assessments.ts';
import { instant, key } from './columns.ts';
import { evidence } from './evidence.ts';
import { users } from './identity.ts';

/** A question of the reviewer on one criterion, to be answered before `termAt`. It ends by answer, withdrawal or term. */
export const informationRequests = pgTable(
  'information_requests',
  {
    id: key(),
    ...ofAssessment(),
    criterionKey: text('criterion_key').notNull(),
    question: text('question').notNull(),
    termAt: instant('term_at').notNull(),
    sentAt: instant('sent_at').notNull(),
    /** Null where the platform itself asked. */
    sentBy: uuid('sent_by').references(() => users.id),
    /** The file that was refused after it was signed or sent: what the platform itself asks about, once a file. */
    refusedEvidenceId: uuid('refused_evidence_id'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBy: uuid('withdrawn_by').references(() => users.id),
  },
  (table) => [
    unique('information_requests_tenant').on(table.id, table.organisationId),
    index('information_requests_assessment').on(table.assessmentId, table.criterionKey),
    uniqueIndex('information_requests_refused').on(table.refusedEvidenceId),
    check('information_requests_question', sql`length(trim(${table.question})) > 0`),
    check('information_requests_asker', sql`(${table.sentBy} is null) = (${table.refusedEvidenceId} is not null)`),
    foreignKey({
      columns: [table.refusedEvidenceId, table.organisationId],
      foreignColumns: [evidence.id, evidence.organisationId],
      name: 'information_requests_refused_evidence',
    }),
    belongsToAssessment(table),
  ],
);

/** The insurer's answer to a request. Until it is sent only the insurer sees it; then it never changes again. */
export const supplements = pgTable(
  'supplements',
  {
    requestId: uuid('request_id').primaryKey(),
    ...ofAssessment(),
    text: text('text').notNull().default(''),
    version: integer('version').notNull(),
    savedAt: instant('saved_at').notNull(),
    savedBy: uuid('saved_by')
      .notNull()
      .references(() => users.id),
    sentAt: instant('sent_at'),
    sentBy: uuid('sent_by').references(() => users.id),
  },
  (table) => [
    foreignKey({
      columns: [table.requestId, table.organisationId],
      foreignColumns: [informationRequests.id, informationRequests.organisationId],
    }),
    index('supplements_assessment').on(table.assessmentId),
    belongsToAssessment(table),
  ],
);

/** Evidence that goes with a supplement; sending it opens the evidence to the supervisor. */
export const supplementEvidence = pgTable(
  'supplement_evidence',
  {
    requestId: uuid('request_id').notNull(),
    evidenceId: uuid('evidence_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    locator: text('locator').notNull().default(''),
    /** It was stored for this, not chosen from the library: taken away here, it goes. */
    own: boolean('own').notNull().default(false),
    removedAt: instant('removed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.requestId, table.evidenceId] }),
    index('supplement_evidence_evidence').on(table.evidenceId),
    foreignKey({
      columns: [table.requestId, table.organisationId],
      foreignColumns: [informationRequests.id, informationRequests.organisationId],
    }),
    foreignKey({
      columns: [table.evidenceId, table.organisationId],
      foreignColumns: [evidence.id, evidence.organisationId],
    }),
  ],
);
