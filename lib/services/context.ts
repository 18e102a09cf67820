import 'server-only';
import { type Database, type DatabaseRole, processDatabase, type Transaction, takeRole } from '#db/client.ts';
import type { Actor } from '#domain/policy.ts';
import { announceThrough, announcing } from './live/announce.ts';
import { type LiveSession, takeRoleInSession } from './sessions/live-session.ts';

/** What every verb gets: who acts, the database, and the instant that all its `_at` columns take. */
export type Context = {
  actor: Actor;
  db: Database;
  now: Date;
  /** The session by which the actor was known a moment ago: no transaction is believed in which it does not hold. */
  session?: LiveSession;
};

/** What a verb gets that runs before anybody is known: signing in, accepting an invitation. */
export type SystemContext = { db: Database; now: Date };

/**
 * One transaction in the actor's database role, limited to the rows of the actor's organisation. The role goes out
 * together with the statements that `work` sends first.
 * @throws Unconfirmed when the context's session has ended, or no longer stands for this actor
 */
export function inTransaction<T>(ctx: Context, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const { actor, session, now } = ctx;
  const role = databaseRole(actor);
  const organisation = actor.organisationKind === 'insurer' ? actor.organisationId : null;
  const enter = (tx: Transaction) =>
    session ? takeRoleInSession(tx, { session, actor, now, role, organisation }) : takeRole(tx, role, organisation);
  return announcing(ctx.db, organisation !== null, work, (noted) => run(ctx.db, enter, noted));
}

/** A transaction of the platform itself: sessions, throttles, credentials. */
export function inSystemTransaction<T>(ctx: SystemContext, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return announcing(ctx.db, false, work, (noted) => run(ctx.db, (tx) => takeRole(tx, 'trede_system', null), noted));
}

/** A transaction for somebody who needs no account: it sees what was made public, and writes nothing. */
export function inVisitorTransaction<T>(ctx: SystemContext, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return run(ctx.db, (tx) => takeRole(tx, 'trede_visitor', null), work);
}

function run<T>(db: Database, enter: (tx: Transaction) => Promise<unknown>, work: (tx: Transaction) => Promise<T>) {
  return db.transaction(async (tx) => {
    const [entered, given] = await Promise.allSettled([enter(tx), work(tx)]);
    // Without the role nothing that the work found means anything.
    if (entered.status === 'rejected') throw entered.reason;
    if (given.status === 'rejected') throw given.reason;
    return given.value;
  });
}

function databaseRole(actor: Actor): DatabaseRole {
  if (actor.organisationKind === 'insurer') return 'trede_insurer';
  return actor.roles.includes('administrator') ? 'trede_administrator' : 'trede_supervisor';
}

/** The context of a request in this process. `now` is read once, so that all that it writes carries one instant. */
export const requestContext = (actor: Actor): Context => ({ actor, ...requestSystemContext() });

export const requestSystemContext = (): SystemContext => ({ db: announceThrough(processDatabase()), now: new Date() });

/** Stands in the log where the platform itself acted: at the first start, with nobody there yet. */
export const platformUserId = '00000000-0000-0000-0000-000000000000';

/** The platform's own context: takes in the frameworks that ship. It can do what an administrator can. */
export const platformContext = (db: Database, now = new Date()): Context => ({
  actor: {
    userId: platformUserId,
    membershipId: platformUserId,
    organisationId: platformUserId,
    organisationKind: 'supervisor',
    roles: ['administrator'],
    sectionKeys: null,
  },
  db,
  now,
});

/** The account that a `_by` column refers to; null where the platform itself acted. */
export const personOf = (actor: Actor): string | null => (actor.userId === platformUserId ? null : actor.userId);
