import {
  boolean,
  index,
  integer,
  numeric,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { belongsToAssessment, ofAssessment, state } from './assessments.ts';
import { instant } from './columns.ts';
import { rounds } from './rounds.ts';

/** Who takes the next step, as the queue tells it; a reviewer reads `reviewer` as themselves or a colleague. */
export const queueParty = pgEnum('queue_party', ['insurer', 'reviewer', 'lead', 'nobody']);

/**
 * What the queue shows of an assessment. Triggers on the tables that it follows from keep it; `turnsAt` is the next
 * instant at which time alone changes it (a term ends), and `settledAt` when the sweep last looked.
 */
export const queueLines = pgTable(
  'queue_lines',
  {
    ...ofAssessment(),
    roundId: uuid('round_id')
      .notNull()
      .references(() => rounds.id),
    state: state('state').notNull(),
    name: text('name').notNull(),
    number: text('number').notNull(),
    submitted: boolean('submitted').notNull(),
    assigned: uuid('assigned').array().notNull(),
    waitsOn: queueParty('waits_on').notNull(),
    late: boolean('late').notNull(),
    termAt: instant('term_at'),
    asksExtension: boolean('asks_extension').notNull(),
    openRequests: integer('open_requests').notNull(),
    /** The total computed over the verdicts so far, its low end; null before submission. */
    score: numeric('score'),
    /** Criteria that still ask for a verdict. */
    openCriteria: integer('open_criteria').notNull().default(0),
    turnsAt: instant('turns_at'),
    settledAt: instant('settled_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.assessmentId] }),
    index('queue_lines_turns').on(table.turnsAt),
    belongsToAssessment(table),
  ],
);

/**
 * Where a line stands: once for everybody (`holder` is nil), once for each reviewer who has the case, and once for all who
 * have it together (`queue_team`), which tells apart what waits on a colleague. `bucket` tells
 * state, party, late, unassigned and submitted in one number; `band` the whole part of the score, 0 without one.
 */
export const queuePlaces = pgTable(
  'queue_places',
  {
    ...ofAssessment(),
    holder: uuid('holder').notNull(),
    roundId: uuid('round_id').notNull(),
    bucket: smallint('bucket').notNull(),
    band: smallint('band').notNull(),
    byTerm: text('by_term').notNull(),
    byName: text('by_name').notNull(),
    byState: text('by_state').notNull(),
    byScore: text('by_score').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.assessmentId, table.holder] }),
    index('queue_places_organisation').on(table.organisationId, table.roundId),
    ...([table.byTerm, table.byName, table.byState, table.byScore] as const).flatMap((key) => [
      index(`queue_places_${key.name}`).on(table.roundId, table.holder, table.bucket, key, table.assessmentId),
      index(`queue_places_band_bucket_${key.name}`).on(
        table.roundId,
        table.holder,
        table.band,
        table.bucket,
        key,
        table.assessmentId,
      ),
    ]),
    belongsToAssessment(table),
  ],
);

/** What one may type to find an insurer: its number, and its name from each word on, in small letters. */
export const organisationPhrases = pgTable(
  'organisation_phrases',
  { organisationId: uuid('organisation_id').notNull(), phrase: text('phrase').notNull() },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.phrase] }),
    index('organisation_phrases_phrase').on(table.phrase.op('text_pattern_ops'), table.organisationId),
  ],
);
