import { sql } from 'drizzle-orm';
import {
  boolean,
  doublePrecision,
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
 * `levelCounts` counts insurers on levels 1 to 5, of sections only.
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
