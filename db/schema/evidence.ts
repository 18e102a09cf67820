import { sql } from 'drizzle-orm';
import {
  bigint,
  date,
  foreignKey,
  index,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { belongsToAssessment, ofAssessment, submissions } from './assessments.ts';
import { bytes, instant, key } from './columns.ts';
import { users } from './identity.ts';

export const evidenceKind = pgEnum('evidence_kind', ['file', 'web_address']);
export const scanResult = pgEnum('scan_result', ['waiting', 'clean', 'refused']);

/**
 * A stored file or a web address that was seen. A file's bytes never change. `removedAt` hides it; the bytes go too
 * (`storageKey` null) when no submission ever pinned it, and of a file that was refused none are kept.
 */
export const evidence = pgTable(
  'evidence',
  {
    id: key(),
    ...ofAssessment(),
    kind: evidenceKind('kind').notNull(),
    title: text('title').notNull(),
    aboutPeriod: text('about_period').notNull().default(''),
    /** The day from which what it says holds, as the insurer states it; the upload has its own instant. */
    effectiveOn: date('effective_on', { mode: 'string' }),
    webAddress: text('web_address'),
    seenOn: date('seen_on', { mode: 'string' }),
    fileName: text('file_name'),
    mediaType: text('media_type'),
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    sha256: bytes('sha256'),
    storageKey: text('storage_key'),
    scanResult: scanResult('scan_result').notNull(),
    scannedBy: text('scanned_by'),
    addedAt: instant('added_at').notNull(),
    addedBy: uuid('added_by')
      .notNull()
      .references(() => users.id),
    /** The piece of which this is the newer version; the older one stays, with its own hash. */
    replacesId: uuid('replaces_id'),
    /** The piece of an earlier round whose bytes this one shares. */
    takenOverFrom: uuid('taken_over_from'),
    removedAt: instant('removed_at'),
    removedBy: uuid('removed_by').references(() => users.id),
  },
  (table) => [
    uniqueIndex('evidence_replaces').on(table.replacesId).where(sql`${table.removedAt} is null`),
    index('evidence_storage').on(table.storageKey),
    foreignKey({
      columns: [table.replacesId, table.organisationId],
      foreignColumns: [table.id, table.organisationId],
      name: 'evidence_replaced',
    }),
    unique('evidence_tenant').on(table.id, table.organisationId),
    index('evidence_assessment').on(table.assessmentId),
    belongsToAssessment(table),
  ],
);

/** Where a piece of evidence supports a criterion: `locator` is a page or paragraph, in the insurer's words. */
export const evidenceLinks = pgTable(
  'evidence_links',
  {
    id: key(),
    ...ofAssessment(),
    evidenceId: uuid('evidence_id').notNull(),
    criterionKey: text('criterion_key').notNull(),
    locator: text('locator').notNull().default(''),
    linkedAt: instant('linked_at').notNull(),
    linkedBy: uuid('linked_by')
      .notNull()
      .references(() => users.id),
    removedAt: instant('removed_at'),
    removedBy: uuid('removed_by').references(() => users.id),
  },
  (table) => [
    index('evidence_links_assessment').on(table.assessmentId, table.criterionKey),
    foreignKey({
      columns: [table.evidenceId, table.organisationId],
      foreignColumns: [evidence.id, evidence.organisationId],
    }),
    belongsToAssessment(table),
  ],
);

/** The evidence that a submission pins; it opens the file to the supervisor and keeps it for ever. */
export const submissionEvidence = pgTable(
  'submission_evidence',
  {
    submissionId: uuid('submission_id').notNull(),
    evidenceId: uuid('evidence_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.submissionId, table.evidenceId] }),
    index('submission_evidence_evidence').on(table.evidenceId),
    foreignKey({
      columns: [table.submissionId, table.organisationId],
      foreignColumns: [submissions.id, submissions.organisationId],
    }),
    foreignKey({
      columns: [table.evidenceId, table.organisationId],
      foreignColumns: [evidence.id, evidence.organisationId],
    }),
  ],
);

/**
 * A file on its way in, which may be broken off and go on through another process. `id` becomes the evidence's key; the
 * bytes so far stand in the staging folder that all processes share.
 */
export const uploads = pgTable(
  'uploads',
  {
    id: key(),
    ...ofAssessment(),
    fileName: text('file_name').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    criterionKey: text('criterion_key'),
    locator: text('locator').notNull().default(''),
    replacesId: uuid('replaces_id'),
    /** What it is to go with, beside criteria: the supplement of a request, or what is said of a section in a hearing. */
    requestId: uuid('request_id'),
    draftOutcomeId: uuid('draft_outcome_id'),
    sectionKey: text('section_key'),
    startedAt: instant('started_at').notNull(),
    startedBy: uuid('started_by')
      .notNull()
      .references(() => users.id),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    index('uploads_assessment').on(table.assessmentId),
    index('uploads_expiry').on(table.expiresAt),
    belongsToAssessment(table),
  ],
);
