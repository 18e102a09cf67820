import 'server-only';
import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { memberships } from '#db/schema/identity.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import type { LocalizedText } from '#domain/framework.ts';
import type { Actor, Role } from '#domain/policy.ts';
import type { Context } from '#services/context.ts';
import { invalid, notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';

export type Membership = typeof memberships.$inferSelect;

/**
 * Locks everybody who is a member of the organisation now, in the order of their ids: who gives out rights decides on a
 * team that nobody else changes meanwhile. Always a statement of its own, and the first.
 */
export async function lockTeam(tx: Transaction, organisationId: string): Promise<Membership[]> {
  return tx
    .select()
    .from(memberships)
    .where(and(eq(memberships.organisationId, organisationId), isNull(memberships.endedAt)))
    .orderBy(asc(memberships.id))
    .for('no key update');
}

/**
 * Who acts, with the rights that the locked row gives: a session was read before the lock, and two coordinators who take
 * each other's role away at once would both succeed.
 * @throws not found when the membership ended meanwhile
 */
export function actorNow(ctx: Context, team: readonly Membership[]): Actor {
  const own = team.find(({ id }) => id === ctx.actor.membershipId);
  if (!own) throw notFound();
  return { ...ctx.actor, roles: own.roles, sectionKeys: own.sectionKeys };
}

export type SectionName = { key: string; title: LocalizedText };

/**
 * The sections to which a contributor of this insurer can be limited: those of the rounds that can be worked on, else of
 * the newest one; none before the insurer takes part in a round. Insurer's transactions only.
 */
export async function readSections(tx: Transaction): Promise<SectionName[]> {
  const rows = await selectFrameworks(tx);
  const working = rows.filter(({ works }) => works);
  const sections = new Map<string, SectionName>();
  for (const version of working.length > 0 ? working : rows.slice(0, 1)) {
    const framework = await compiledFramework(tx, version);
    for (const { key, title } of framework.sections) if (!sections.has(key)) sections.set(key, { key, title });
  }
  return [...sections.values()];
}

/** Each framework once, the newest round first; those of ten years at most. */
function selectFrameworks(tx: Transaction) {
  const newest = sql<Date>`max(${rounds.opensAt})`;
  return tx
    .select({
      ref: frameworkVersions.ref,
      sha256: frameworkVersions.sha256,
      works: sql<boolean>`bool_or(${inArray(assessments.state, ['draft', 'returned'])})`,
    })
    .from(assessments)
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .groupBy(frameworkVersions.ref, frameworkVersions.sha256)
    .orderBy(desc(newest))
    .limit(10);
}

/** What a form says about the sections of a contributor. */
export type AskedLimit = { roles: readonly Role[]; limit: 'all' | 'some'; sectionKeys: readonly string[] };

/**
 * The limit that a membership gets: only a contributor who is no coordinator can have one.
 * @param known keys that may be chosen, in their order
 * @throws invalid when `some` names none, or one that is not known
 */
export function limitOf({ roles, limit, sectionKeys }: AskedLimit, known: readonly string[]): string[] | null {
  if (limit === 'all' || !roles.includes('contributor') || roles.includes('coordinator')) return null;
  if (sectionKeys.length === 0) throw invalid({ sectionKeys: 'none_chosen' });
  if (sectionKeys.some((key) => !known.includes(key))) throw invalid({ sectionKeys: 'unknown' });
  return known.filter((key) => sectionKeys.includes(key));
}
