import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { findings } from '#domain/findings.ts';
import { belongsToAssessment, ofAssessment } from './assessments.ts';
import { bytes, instant, key } from './columns.ts';
import { users } from './identity.ts';

export const finding = pgEnum('finding', findings);

/** The insurer's list of claims, as it was given: the bytes, their hash, and how many claims stand in it. Never changed. */
export const claimLists = pgTable(
  'claim_lists',
  {
    id: key(),
    ...ofAssessment(),
    fileName: text('file_name').notNull(),
    content: text('content').notNull(),
    sha256: bytes('sha256').notNull(),
    claims: integer('claims').notNull(),
    givenAt: instant('given_at').notNull(),
    givenBy: uuid('given_by')
      .notNull()
      .references(() => users.id),
  },
  (table) => [
    unique('claim_lists_tenant').on(table.id, table.organisationId),
    index('claim_lists_assessment').on(table.assessmentId, table.givenAt),
    belongsToAssessment(table),
  ],
);

/** A claim that was drawn: its line in the list, counted from 1, and what the list says of it. */
export type DrawnClaim = { line: number; number: string; date: string; product: string; outcome: string };

/**
 * A draw of `perStratum` claims from each stratum of a list, made after the list's hash was fixed. The same list and
 * `seed` give the same claims again.
 */
export const claimDraws = pgTable(
  'claim_draws',
  {
    id: key(),
    ...ofAssessment(),
    listId: uuid('list_id').notNull(),
    stratum: text('stratum').notNull(),
    perStratum: integer('per_stratum').notNull(),
    seed: bytes('seed').notNull(),
    claims: jsonb('claims').$type<DrawnClaim[]>().notNull(),
    drawnAt: instant('drawn_at').notNull(),
    drawnBy: uuid('drawn_by')
      .notNull()
      .references(() => users.id),
  },
  (table) => [
    unique('claim_draws_list').on(table.listId),
    unique('claim_draws_tenant').on(table.id, table.organisationId),
    index('claim_draws_assessment').on(table.assessmentId),
    foreignKey({
      columns: [table.listId, table.organisationId],
      foreignColumns: [claimLists.id, claimLists.organisationId],
    }),
    belongsToAssessment(table),
  ],
);

/** What the reviewer found in one drawn claim on one criterion. Appended; the highest version counts. */
export const claimFindings = pgTable(
  'claim_findings',
  {
    drawId: uuid('draw_id').notNull(),
    line: bigint('line', { mode: 'number' }).notNull(),
    criterionKey: text('criterion_key').notNull(),
    version: integer('version').notNull(),
    ...ofAssessment(),
    finding: finding('finding').notNull(),
    remark: text('remark').notNull().default(''),
    foundAt: instant('found_at').notNull(),
    foundBy: uuid('found_by')
      .notNull()
      .references(() => users.id),
  },
  (table) => [
    primaryKey({ columns: [table.drawId, table.line, table.criterionKey, table.version] }),
    index('claim_findings_assessment').on(table.assessmentId, table.criterionKey),
    foreignKey({
      columns: [table.drawId, table.organisationId],
      foreignColumns: [claimDraws.id, claimDraws.organisationId],
    }),
    belongsToAssessment(table),
  ],
);
