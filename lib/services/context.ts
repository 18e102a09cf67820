import 'server-only';
import { type Database, type DatabaseRole, processDatabase, type Transaction, takeRole } from '#db/client.ts';
import type { Actor } from '#domain/policy.ts';
import { announceThrough, announcing } from './live/announce.ts';

/** What every verb gets: who acts, the database, and the instant that all its `_at` columns take. */
export type Context = { actor: Actor; db: Database; now: Date };

/** What a verb gets that runs before anybody is known: signing in, accepting an invitation. */
export type SystemContext = { db: Database; now: Date };

/**
 * One transaction in the actor's database role, limited to the rows of the actor's organisation. The role goes out
 * together with the statements that `work` sends first.
 */
export function inTransaction<T>(ctx: Context, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const organisation = ctx.actor.organisationKind === 'insurer' ? ctx.actor.organisationId : null;
  return announcing(ctx.db, organisation !== null, work, (noted) =>
    run(ctx.db, databaseRole(ctx.actor), organisation, noted),
  );
}

/** A transaction of the platform itself: sessions, throttles, credentials. */
export function inSystemTransaction<T>(ctx: SystemContext, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return announcing(ctx.db, false, work, (noted) => run(ctx.db, 'trede_system', null, noted));
}

function run<T>(db: Database, role: DatabaseRole, organisation: string | null, work: (tx: Transaction) => Promise<T>) {
  return db.transaction(async (tx) => {
    const [, result] = await Promise.all([takeRole(tx as Transaction, role, organisation), work(tx as Transaction)]);
    return result;
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
