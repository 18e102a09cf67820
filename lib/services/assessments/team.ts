import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { memberships } from '#db/schema/identity.ts';
import { type Actor, can, type insurerRoles, type Role } from '#domain/policy.ts';
import { type LastSaved, lastSavedBy } from './resume-point.ts';
import type { Work } from './work-facts.ts';

/** One colleague in an assessment: shown by role. */
export type Colleague = {
  you: boolean;
  roles: readonly Role[];
  /** Sections to which a contributor is limited; null: all. */
  sectionKeys: readonly string[] | null;
  lastSaved: LastSaved | null;
};

/** Who works on one section: who answered in it or is limited to it. */
export type Crew = { you: boolean; contributors: number; coordinators: number };

type Member = Actor & { lastSaved: LastSaved | null };

/** The people of the insurer, in the order of their roles. */
export async function readTeam(tx: Transaction, organisationId: string) {
  return tx
    .select({
      userId: memberships.userId,
      membershipId: memberships.id,
      organisationId: memberships.organisationId,
      roles: memberships.roles,
      sectionKeys: memberships.sectionKeys,
    })
    .from(memberships)
    .where(and(eq(memberships.organisationId, sql.placeholder('organisationId')), isNull(memberships.endedAt)))
    .orderBy(memberships.createdAt, memberships.id)
    .prepare('team')
    .execute({ organisationId });
}

type TeamRow = Awaited<ReturnType<typeof readTeam>>[number];

/** Everybody with what they did last. */
export function colleagues(team: readonly TeamRow[], work: Work, actor: Actor): Colleague[] {
  return team
    .map((row) => ({
      you: row.userId === actor.userId,
      roles: row.roles,
      sectionKeys: row.sectionKeys,
      lastSaved: lastSavedBy(work, row.userId),
    }))
    .toSorted((a, b) => rank(b.roles) - rank(a.roles));
}

export function hasSignatory(team: readonly TeamRow[]): boolean {
  return team.some(({ roles }) => roles.includes('signatory'));
}

/** Who works on a section. A contributor for all sections counts once they answered in it. */
export function crewOf(team: readonly TeamRow[], work: Work, actor: Actor, sectionKey: string): Crew {
  const wrote = new Set(
    Object.values(work.answers)
      .filter(({ criterionKey }) => work.framework.criterion(criterionKey)?.sectionKey === sectionKey)
      .map(({ savedBy }) => savedBy),
  );
  const members = team.map((row): Member => ({ ...row, organisationKind: 'insurer', lastSaved: null }));
  const working = members.filter(
    (member) =>
      can(member, 'answer.save', { organisationId: member.organisationId, sectionKey }).ok &&
      (wrote.has(member.userId) || (member.sectionKeys !== null && member.roles.includes('contributor'))),
  );
  const others = working.filter(({ userId }) => userId !== actor.userId);
  const contributors = others.filter(({ roles }) => !roles.includes('coordinator')).length;
  return { you: others.length < working.length, contributors, coordinators: others.length - contributors };
}

function rank(roles: readonly Role[]): number {
  const order: readonly Role[] = [
    'reader',
    'signatory',
    'contributor',
    'coordinator',
  ] satisfies (typeof insurerRoles)[number][];
  return Math.max(...roles.map((role) => order.indexOf(role)));
}
