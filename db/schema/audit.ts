import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';

/**
 * What happened, by whom: codes, versions and hashes, no free text. The application inserts the business columns; a
 * trigger adds stream, sequence and the chain of hashes, per assessment, else organisation, else platform.
 */
export const auditEvents = pgTable(
  'audit_events',
  {
    stream: text('stream').notNull().default(''),
    sequence: bigint('sequence', { mode: 'number' }).notNull().default(0),
    at: instant('at').notNull(),
    actorId: uuid('actor_id'),
    action: text('action').notNull(),
    organisationId: uuid('organisation_id'),
    assessmentId: uuid('assessment_id'),
    detail: jsonb('detail').notNull().default({}),
    previousHash: bytes('previous_hash'),
    hash: bytes('hash'),
  },
  (table) => [primaryKey({ columns: [table.stream, table.sequence] }), index('audit_events_at').on(table.at)],
);

/** The last link of each chain. No role of the application can read or write it; the trigger does. */
export const auditHeads = pgTable('audit_heads', {
  stream: text('stream').primaryKey(),
  sequence: bigint('sequence', { mode: 'number' }).notNull(),
  hash: bytes('hash').notNull(),
});
