import 'server-only';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { type Database, type Transaction, takeRole } from '#db/client.ts';
import { memberships, sessions, users } from '#db/schema/identity.ts';
import { presences } from '#db/schema/teamwork.ts';
import { statement } from '#db/statement.ts';
import { presenceLasts, readPresent } from './present-colleagues.ts';

/** What a process asks and says for all streams that it holds, each in one statement whatever their number. */

/** Of these sessions the ones that have not ended: by revoking, by time, by the end of the membership or the account. */
export async function liveSessions(db: Database, ids: readonly string[], idleMinutes: number, now: Date) {
  const rows = await selectLive(db, {
    ids: listOf(ids),
    now: now.toISOString(),
    idleSince: new Date(now.getTime() - idleMinutes * 60_000).toISOString(),
  });
  return new Set(rows.map(({ id }) => id));
}

/** Says that these pages are still open, and clears away what a process left behind that was killed. */
export function beatPresences(db: Database, ids: readonly string[], now: Date) {
  const leftBehind = new Date(now.getTime() - 5 * presenceLasts).toISOString();
  return asSystem(db, (tx) => beat(tx, { ids: listOf(ids), at: now.toISOString(), leftBehind }));
}

/** Takes away pages that were closed. */
export function removePresences(db: Database, ids: readonly string[]) {
  return asSystem(db, (tx) => remove(tx, { ids: listOf(ids) }));
}

/** Everybody who has a page of these assessments open. */
export function presentIn(db: Database, assessmentIds: readonly string[], now: Date) {
  return asSystem(db, (tx) => readPresent(tx, assessmentIds, now));
}

const listOf = (ids: readonly string[]) => `{${ids.join(',')}}`;
const among = (column: typeof presences.id | typeof sessions.id) =>
  sql`${column} = any(${sql.placeholder('ids')}::text::uuid[])`;

function asSystem<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    const [, result] = await Promise.all([takeRole(tx as Transaction, 'trede_system', null), work(tx as Transaction)]);
    return result;
  });
}

const selectLive = statement('stream:sessions', (db) =>
  db
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(memberships, and(eq(memberships.id, sessions.membershipId), isNull(memberships.endedAt)))
    .innerJoin(users, and(eq(users.id, memberships.userId), isNull(users.disabledAt)))
    .where(
      and(
        among(sessions.id),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, sql.placeholder('now')),
        gt(sessions.lastSeenAt, sql.placeholder('idleSince')),
      ),
    ),
);

const beat = statement('stream:beat', (db) => {
  const cleared = db.$with('cleared').as(
    db
      .delete(presences)
      .where(sql`${presences.seenAt} < ${sql.placeholder('leftBehind')}`)
      .returning({ id: presences.id }),
  );
  return db
    .with(cleared)
    .update(presences)
    .set({ seenAt: sql`${sql.placeholder('at')}::timestamptz` })
    .where(among(presences.id));
});

const remove = statement('stream:remove', (db) => db.delete(presences).where(among(presences.id)));
