import { sql } from 'drizzle-orm';
import { check, index, integer, pgEnum, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { insurerRoles, supervisorRoles } from '#domain/policy.ts';
import { bytes, instant, key } from './columns.ts';

export const organisationKind = pgEnum('organisation_kind', ['insurer', 'supervisor']);
export const role = pgEnum('role', [...insurerRoles, ...supervisorRoles]);
export const locale = pgEnum('locale', ['nl', 'en']);

/** A tenant: one insurer, or the supervisor. `number` is the one under which the supervisor knows it. */
export const organisations = pgTable('organisations', {
  id: key(),
  kind: organisationKind('kind').notNull(),
  name: text('name').notNull(),
  number: text('number').notNull().unique(),
  createdAt: instant('created_at').notNull(),
});

export const users = pgTable(
  'users',
  {
    id: key(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    createdAt: instant('created_at').notNull(),
    disabledAt: instant('disabled_at'),
  },
  (table) => [uniqueIndex('users_email_unique').on(sql`lower(${table.email})`)],
);

/** What proves a person by password: apart from `users`, so that no role but the system's can read it. */
export const credentials = pgTable('credentials', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id),
  passwordHash: text('password_hash').notNull(),
  changedAt: instant('changed_at').notNull(),
});

/** A person in an organisation. `sectionKeys` limits a contributor to these sections; null is all. */
export const memberships = pgTable(
  'memberships',
  {
    id: key(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisations.id),
    roles: role('roles').array().notNull(),
    sectionKeys: text('section_keys').array(),
    createdAt: instant('created_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    uniqueIndex('memberships_active').on(table.userId, table.organisationId).where(sql`${table.endedAt} is null`),
    index('memberships_organisation').on(table.organisationId),
    check('memberships_roles', sql`cardinality(${table.roles}) > 0`),
  ],
);

/** A signed-in browser. Only the hash of its token is kept; `membershipId` is the one it acts in. */
export const sessions = pgTable(
  'sessions',
  {
    id: key(),
    tokenHash: bytes('token_hash').notNull().unique(),
    membershipId: uuid('membership_id')
      .notNull()
      .references(() => memberships.id),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (table) => [index('sessions_membership').on(table.membershipId)],
);

/** Failed sign-ins in a window, per account or per address; `subject` is a hash of either. */
export const signInThrottles = pgTable('sign_in_throttles', {
  subject: text('subject').primaryKey(),
  windowStartedAt: instant('window_started_at').notNull(),
  failures: integer('failures').notNull(),
});

/** A single-use link that makes a membership; only the hash of its token is kept. */
export const invitations = pgTable(
  'invitations',
  {
    id: key(),
    tokenHash: bytes('token_hash').notNull().unique(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisations.id),
    email: text('email').notNull(),
    name: text('name').notNull(),
    roles: role('roles').array().notNull(),
    sectionKeys: text('section_keys').array(),
    invitedAt: instant('invited_at').notNull(),
    invitedBy: uuid('invited_by').references(() => users.id),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [index('invitations_organisation').on(table.organisationId)],
);
