import 'server-only';
import { sql } from 'drizzle-orm';
import type { DatabaseRole, Transaction } from '#db/client.ts';
import { memberships, sessions, users } from '#db/schema/identity.ts';
import { statement } from '#db/statement.ts';
import type { Actor } from '#domain/policy.ts';

/** A session by which somebody acts; it holds while it was not revoked, is not over, and was used since `idleSince`. */
export type LiveSession = { tokenHash: Uint8Array; idleSince: Date };

/** The session has ended, or the actor is no longer who this process took them for. Nothing was done. */
export class Unconfirmed extends Error {
  constructor() {
    super('the session no longer stands for this actor');
  }
}

type Entering = {
  session: LiveSession;
  actor: Actor;
  now: Date;
  role: DatabaseRole;
  organisation: string | null;
};

/**
 * Takes on the actor's role as `takeRole` does, if the session stands for exactly this actor at this moment. If it does
 * not, the transaction keeps the role of the login, to which no table of the product is granted.
 * @throws Unconfirmed
 */
export async function takeRoleInSession(tx: Transaction, { session, actor, now, role, organisation }: Entering) {
  const [confirmed] = await setRoleInSession(tx, {
    role,
    organisation: organisation ?? '',
    tokenHash: session.tokenHash,
    now: now.toISOString(),
    idleSince: session.idleSince.toISOString(),
    membershipId: actor.membershipId,
    userId: actor.userId,
    organisationId: actor.organisationId,
    roles: listOf(actor.roles),
    sectionKeys: actor.sectionKeys && listOf(actor.sectionKeys),
  });
  if (!confirmed) throw new Unconfirmed();
}

const setRoleInSession = statement('role-in-session', (db) =>
  db
    .select({
      role: sql`set_config('role', ${sql.placeholder('role')}, true)`,
      organisation: sql`set_config('trede.organisation', ${sql.placeholder('organisation')}, true)`,
    })
    .from(sql`${sessions} join ${memberships} on ${memberships.id} = ${sessions.membershipId}
      join ${users} on ${users.id} = ${memberships.userId}`)
    .where(sql`${sessions.tokenHash} = ${sql.placeholder('tokenHash')} and ${sessions.revokedAt} is null
      and ${sessions.expiresAt} > ${sql.placeholder('now')} and ${sessions.lastSeenAt} > ${sql.placeholder('idleSince')}
      and ${memberships.id} = ${sql.placeholder('membershipId')} and ${memberships.endedAt} is null
      and ${memberships.organisationId} = ${sql.placeholder('organisationId')}
      and ${memberships.roles} = ${sql.placeholder('roles')}::role[]
      and ${memberships.sectionKeys} is not distinct from ${sql.placeholder('sectionKeys')}::text[]
      and ${users.id} = ${sql.placeholder('userId')} and ${users.disabledAt} is null`),
);

/** An array as PostgreSQL writes one down. */
const listOf = (values: readonly string[]) =>
  `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
