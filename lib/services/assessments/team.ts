import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { memberships, users } from '#db/schema/identity.ts';
import type { Actor, insurerRoles, Role } from '#domain/policy.ts';
import { type DelegationShown, mayAnswerIn } from '#services/delegations/delegation-facts.ts';
import type { LastSaved, Work } from './work-facts.ts';

/** One colleague in an assessment: what they may, what was asked of them, how far it is. Seen by their own insurer only. */
export type Colleague = {
  membershipId: string;
  name: string;
  you: boolean;
  roles: readonly Role[];
  /** Sections to which a contributor is limited; null: all. */
  sectionKeys: readonly string[] | null;
  /** Criteria that apply and whose answer was last saved by them. */
  answered: number;
  asked: readonly DelegationShown[];
  lastSaved: LastSaved | null;
};

/** Who works on one section: who answered in it or is limited to it. The names are of the others. */
export type Crew = { you: boolean; names: readonly string[] };

/** The people of the insurer, the first member first. */
export async function readTeam(tx: Transaction, organisationId: string) {
  return tx
    .select({
      userId: memberships.userId,
      name: users.name,
      membershipId: memberships.id,
      organisationId: memberships.organisationId,
      roles: memberships.roles,
      sectionKeys: memberships.sectionKeys,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.organisationId, sql.placeholder('organisationId')), isNull(memberships.endedAt)))
    .orderBy(memberships.createdAt, memberships.id)
    .prepare('team')
    .execute({ organisationId });
}

export type TeamRow = Awaited<ReturnType<typeof readTeam>>[number];

/** Everybody with what they did last, in the order of their roles. */
export function colleagues(
  team: readonly TeamRow[],
  work: Work,
  { actor, asked }: { actor: Actor; asked: readonly DelegationShown[] },
): Colleague[] {
  const answered = countBy(
    Object.values(work.answers).filter(
      ({ criterionKey, response }) => response !== null && work.score.traces[criterionKey]?.applies,
    ),
    ({ savedBy }) => savedBy,
  );
  return team
    .map((row) => ({
      membershipId: row.membershipId,
      name: row.name,
      you: row.userId === actor.userId,
      roles: row.roles,
      sectionKeys: row.sectionKeys,
      answered: answered.get(row.userId) ?? 0,
      asked: asked.filter(({ membershipId }) => membershipId === row.membershipId),
      lastSaved: work.lastSaved[row.userId] ?? null,
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
  const working = team.filter(
    (member) =>
      mayAnswerIn(member, sectionKey) &&
      (wrote.has(member.userId) || (member.sectionKeys !== null && member.roles.includes('contributor'))),
  );
  const others = working.filter(({ userId }) => userId !== actor.userId);
  return { you: others.length < working.length, names: others.map(({ name }) => name) };
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
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
