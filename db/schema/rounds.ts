import { boolean, date, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant, key } from './columns.ts';
import { users } from './identity.ts';

/** One edition of a norm framework, kept as the bytes that were imported; frozen once a round uses it. */
export const frameworkVersions = pgTable('framework_versions', {
  ref: text('ref').primaryKey(),
  document: text('document').notNull(),
  sha256: bytes('sha256').notNull(),
  titleNl: text('title_nl').notNull(),
  titleEn: text('title_en').notNull(),
  importedAt: instant('imported_at').notNull(),
  importedBy: uuid('imported_by').references(() => users.id),
  frozenAt: instant('frozen_at'),
});

/** A section that a round carries instead of measuring it. */
export type CarriedChoice = {
  sectionKey: string;
  reason: string;
  /** Other versions of the framework whose levels of it may be carried: it reads the same there, or is declared equal. */
  from?: string[];
};

/** One run of one framework version. Periods are calendar days; terms are instants, computed once in Dutch time. */
export const rounds = pgTable(
  'rounds',
  {
    id: key(),
    frameworkRef: text('framework_ref')
      .notNull()
      .references(() => frameworkVersions.ref),
    name: text('name').notNull(),
    productScope: text('product_scope').notNull(),
    periodFrom: date('period_from', { mode: 'string' }).notNull(),
    periodTo: date('period_to', { mode: 'string' }).notNull(),
    opensAt: instant('opens_at').notNull(),
    deadlineAt: instant('deadline_at').notNull(),
    decisionsDueAt: instant('decisions_due_at').notNull(),
    contactMailbox: text('contact_mailbox').notNull(),
    hearing: boolean('hearing').notNull().default(true),
    fourEyes: boolean('four_eyes').notNull().default(true),
    hearingDays: integer('hearing_days').notNull().default(14),
    minimumForMean: integer('minimum_for_mean').notNull().default(5),
    minimumForSpread: integer('minimum_for_spread').notNull().default(10),
    minimumChanged: integer('minimum_changed').notNull().default(3),
    openedAt: instant('opened_at'),
    createdAt: instant('created_at').notNull(),
    createdBy: uuid('created_by').references(() => users.id),
    /** Sections whose last determined level this round carries instead of measuring them, with the reason that is shown. */
    carriedSections: jsonb('carried_sections').$type<CarriedChoice[]>().notNull().default([]),
    retainUntil: date('retain_until', { mode: 'string' }).notNull(),
  },
  (table) => [uniqueIndex('rounds_name').on(table.frameworkRef, table.name)],
);

/** The reviewers who take part in a round: it is among "their rounds". */
export const roundReviewers = pgTable(
  'round_reviewers',
  {
    roundId: uuid('round_id')
      .notNull()
      .references(() => rounds.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    admittedAt: instant('admitted_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.userId] })],
);
