import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  doublePrecision,
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
import { bytes, instant, key } from './columns.ts';
import { users } from './identity.ts';
import { rounds } from './rounds.ts';

/**
 * The immutable final result: canonical JSON with answers, verdicts, determinations and trace, as the dashboard draws
 * it. The total is an exact fraction. `underRevisionAt` marks an edition that is being corrected.
 */
export const publications = pgTable(
  'publications',
  {
    id: key(),
    ...ofAssessment(),
    roundId: uuid('round_id')
      .notNull()
      .references(() => rounds.id),
    edition: integer('edition').notNull(),
    content: text('content').notNull(),
    sha256: bytes('sha256').notNull(),
    totalNumerator: integer('total_numerator'),
    totalDenominator: integer('total_denominator'),
    reason: text('reason').notNull().default(''),
    publishedAt: instant('published_at').notNull(),
    auditHead: bytes('audit_head'),
    underRevisionAt: instant('under_revision_at'),
    replacedAt: instant('replaced_at'),
  },
  (table) => [
    unique('publications_edition').on(table.assessmentId, table.edition),
    unique('publications_tenant').on(table.id, table.organisationId),
    index('publications_organisation').on(table.organisationId, table.publishedAt),
    index('publications_round').on(table.roundId),
    index('publications_newest').on(table.publishedAt, table.id).where(sql`${table.replacedAt} is null`),
    belongsToAssessment(table),
  ],
);

/** The determined level of each section that applies: what a release aggregates. */
export const publicationSections = pgTable(
  'publication_sections',
  {
    publicationId: uuid('publication_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    sectionKey: text('section_key').notNull(),
    level: integer('level').notNull(),
    computedLevel: integer('computed_level').notNull(),
    /** The round did not measure this section: the level was determined in an earlier one. */
    carried: boolean('carried').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.publicationId, table.sectionKey] }),
    foreignKey({
      columns: [table.publicationId, table.organisationId],
      foreignColumns: [publications.id, publications.organisationId],
    }),
  ],
);

/** A numbered set of sector figures, made by a lead; never changed. */
export const releases = pgTable(
  'releases',
  {
    id: key(),
    roundId: uuid('round_id')
      .notNull()
      .references(() => rounds.id),
    number: integer('number').notNull(),
    madeAt: instant('made_at').notNull(),
    madeBy: uuid('made_by')
      .notNull()
      .references(() => users.id),
  },
  (table) => [unique('releases_number').on(table.roundId, table.number)],
);

/**
 * The figures of a release: one row a section, and one under `total`. A figure that too few insurers stand behind is
 * null. Means are exact fractions over `insurers` insurers that have this score; `spread` is their standard deviation;
 * `levelCounts` counts insurers on levels 1 to 5, of sections only. `computedIn` is the number of the earlier release that
 * the figure is taken over from, where a new one would give an insurer away; null: it was computed for this one.
 */
export const releaseFigures = pgTable(
  'release_figures',
  {
    releaseId: uuid('release_id')
      .notNull()
      .references(() => releases.id),
    sectionKey: text('section_key').notNull(),
    meanNumerator: integer('mean_numerator'),
    meanDenominator: integer('mean_denominator'),
    insurers: integer('insurers'),
    spread: doublePrecision('spread'),
    levelCounts: integer('level_counts').array(),
    computedIn: integer('computed_in'),
  },
  (table) => [primaryKey({ columns: [table.releaseId, table.sectionKey] })],
);

/** Which publications stand behind a release: for the rule of minimal change, never shown. */
export const releaseInclusions = pgTable(
  'release_inclusions',
  {
    releaseId: uuid('release_id')
      .notNull()
      .references(() => releases.id),
    publicationId: uuid('publication_id')
      .notNull()
      .references(() => publications.id),
  },
  (table) => [primaryKey({ columns: [table.releaseId, table.publicationId] })],
);

/**
 * What the sector claimed beside what was determined: one row a section, and one under `total`. The own mean is exact, over
 * `insurers` insurers that have both scores; the counts say of how many the determined level is lower, equal or higher.
 */
export const releaseClaims = pgTable(
  'release_claims',
  {
    releaseId: uuid('release_id')
      .notNull()
      .references(() => releases.id),
    sectionKey: text('section_key').notNull(),
    insurers: integer('insurers').notNull(),
    ownNumerator: bigint('own_numerator', { mode: 'number' }).notNull(),
    ownDenominator: bigint('own_denominator', { mode: 'number' }).notNull(),
    lower: integer('lower').notNull(),
    equal: integer('equal').notNull(),
    higher: integer('higher').notNull(),
  },
  (table) => [primaryKey({ columns: [table.releaseId, table.sectionKey] })],
);

/**
 * How the sector stands on one criterion: of the insurers to which it applies, how many were found to meet it, how many said
 * so, of how many the answer was changed, and for how many it stands in the way of their next level.
 */
export const releaseCriteria = pgTable(
  'release_criteria',
  {
    releaseId: uuid('release_id')
      .notNull()
      .references(() => releases.id),
    criterionKey: text('criterion_key').notNull(),
    insurers: integer('insurers').notNull(),
    met: integer('met').notNull(),
    partly: integer('partly').notNull(),
    notMet: integer('not_met').notNull(),
    claimedMet: integer('claimed_met').notNull(),
    changed: integer('changed').notNull(),
    missing: integer('missing').notNull(),
  },
  (table) => [primaryKey({ columns: [table.releaseId, table.criterionKey] })],
);

/**
 * What a lead made public of a release: the very text that goes out, with its hash, so that nobody without an account ever
 * reads anything else. Withdrawn, it is found no more; what was public stays in the log and here.
 */
export const openData = pgTable(
  'open_data',
  {
    id: key(),
    releaseId: uuid('release_id')
      .notNull()
      .references(() => releases.id),
    content: text('content').notNull(),
    sha256: bytes('sha256').notNull(),
    openedAt: instant('opened_at').notNull(),
    openedBy: uuid('opened_by')
      .notNull()
      .references(() => users.id),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBy: uuid('withdrawn_by').references(() => users.id),
    withdrawnReason: text('withdrawn_reason').notNull().default(''),
  },
  (table) => [uniqueIndex('open_data_release').on(table.releaseId).where(sql`${table.withdrawnAt} is null`)],
);
