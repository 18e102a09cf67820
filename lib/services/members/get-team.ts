import 'server-only';
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { answers, assessments } from '#db/schema/assessments.ts';
import { invitations, memberships, sessions, users } from '#db/schema/identity.ts';
import { rounds } from '#db/schema/rounds.ts';
import { type Actor, can, insurerRoles, mayGrant, type Role } from '#domain/policy.ts';
import { savesByPerson } from '#services/assessments/saves-by-person.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { readSections, type SectionName } from './team-facts.ts';

export type TeamMember = {
  membershipId: string;
  name: string;
  /** For who may invite; a colleague's address is of no use to the others. */
  email: string | null;
  roles: Role[];
  sectionKeys: string[] | null;
  since: Date;
  /** The answer that they saved last, in any round. */
  lastSaved: { assessmentId: string; key: string; at: Date } | null;
  /** The day in the Netherlands, `YYYY-MM-DD`, on which they were last here; null for never. Colleagues are not clocked. */
  lastSeenOn: string | null;
  you: boolean;
  /** Made by the administrator only: no coordinator changes or ends it. */
  signs: boolean;
};

export type TeamInvitation = {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  sectionKeys: string[] | null;
  expiresAt: Date;
  over: boolean;
  /** From the administrator, for somebody who is to sign. */
  signs: boolean;
};

export type Team = {
  members: readonly TeamMember[];
  /** That were neither accepted nor ended; also those whose link no longer works. */
  invitations: readonly TeamInvitation[];
  sections: readonly SectionName[];
  /** Of the newest round: who asks for a signatory writes there. Null before the first round. */
  contactMailbox: string | null;
  mayInvite: boolean;
  mayChange: boolean;
  /** Roles that the actor may give to a colleague. */
  grantable: readonly Role[];
};

/** The people of the insurer for everybody in it, and for the coordinator what can be changed. */
export async function getTeam(ctx: Context, _input: Record<string, never>): Promise<Team> {
  onlyInsurer(ctx.actor);
  const { actor } = ctx;
  const facts = { organisationId: actor.organisationId };
  authorize(actor, 'member.list', facts);
  const mayInvite = can(actor, 'member.invite', facts).ok;
  const [members, open, mailboxes, sections] = await inTransaction(ctx, (tx) =>
    Promise.all([readMembers(tx), readStanding(tx), readMailbox(tx), readSections(tx)]),
  );
  return {
    members: members.map(({ userId, email, assessmentId, key, at, ...member }) => ({
      ...member,
      email: mayInvite ? email : null,
      lastSaved: assessmentId && key && at ? { assessmentId, key, at } : null,
      you: userId === actor.userId,
      signs: member.roles.includes('signatory'),
    })),
    invitations: open.map((invitation) => ({
      ...invitation,
      over: invitation.expiresAt <= ctx.now,
      signs: invitation.roles.includes('signatory'),
    })),
    sections,
    contactMailbox: mailboxes[0]?.contactMailbox ?? null,
    mayInvite,
    mayChange: can(actor, 'member.limit', facts).ok,
    grantable: grantableBy(actor),
  };
}

/** The roles that somebody may give out in their own insurer. */
export function grantableBy(actor: Actor): Role[] {
  const target = { userId: null, organisationId: actor.organisationId, organisationKind: actor.organisationKind };
  return insurerRoles.filter((role) => mayGrant(actor, role, target));
}

function readMembers(tx: Transaction) {
  const last = tx.$with('last').as(
    tx
      .selectDistinctOn([sql`user_id`], {
        savedBy: sql<string>`user_id`.as('saved_by'),
        assessmentId: sql<string>`assessment_id`.as('assessment_id'),
        key: sql<string>`criterion_key`.as('key'),
        at: sql<Date>`saved_at`.mapWith(answers.savedAt).as('at'),
      })
      .from(sql`${savesByPerson()} as saves`)
      .orderBy(sql`user_id`, sql`saved_at desc`, sql`criterion_key`),
  );
  return tx
    .with(last)
    .select({
      membershipId: memberships.id,
      userId: users.id,
      name: users.name,
      email: users.email,
      roles: memberships.roles,
      sectionKeys: memberships.sectionKeys,
      since: memberships.createdAt,
      assessmentId: last.assessmentId,
      key: last.key,
      at: last.at,
      lastSeenOn: sql<string | null>`(select to_char(greatest(max(${sessions.lastSeenAt}), ${last.at}) at time zone
        'Europe/Amsterdam', 'YYYY-MM-DD') from ${sessions} where ${sessions.membershipId} = ${memberships.id})`,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .leftJoin(last, eq(last.savedBy, users.id))
    .where(isNull(memberships.endedAt))
    .orderBy(asc(users.name), asc(memberships.id))
    .limit(1000)
    .prepare('get-team:members')
    .execute();
}

/** The columns of an invitation that an insurer may read: its token's hash is not one of them. */
export function readStanding(tx: Transaction) {
  return tx
    .select({
      id: invitations.id,
      name: invitations.name,
      email: invitations.email,
      roles: invitations.roles,
      sectionKeys: invitations.sectionKeys,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .where(and(isNull(invitations.usedAt), isNull(invitations.revokedAt)))
    .orderBy(asc(invitations.name), asc(invitations.email), asc(invitations.id))
    .limit(1000)
    .prepare('team:invitations')
    .execute();
}

function readMailbox(tx: Transaction) {
  return tx
    .select({ contactMailbox: rounds.contactMailbox })
    .from(rounds)
    .where(sql`exists (select from ${assessments} where ${assessments.roundId} = ${rounds.id})`)
    .orderBy(desc(rounds.opensAt))
    .limit(1)
    .prepare('get-team:mailbox')
    .execute();
}
