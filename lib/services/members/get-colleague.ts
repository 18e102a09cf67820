import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { memberships, users } from '#db/schema/identity.ts';
import type { Role } from '#domain/policy.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { grantableBy } from './get-team.ts';
import { grantsOf } from './save-membership.ts';
import { readSections, type SectionName } from './team-facts.ts';

export const getColleagueInput = z.object({ membershipId: z.uuid() });
export type GetColleagueInput = z.infer<typeof getColleagueInput>;

export type ColleagueToChange = {
  membershipId: string;
  name: string;
  email: string;
  roles: Role[];
  sectionKeys: string[] | null;
  /** Goes back with the form, as what it showed. */
  seen: string;
  you: boolean;
  /** Nobody could invite any more without them. */
  lastCoordinator: boolean;
  grantable: readonly Role[];
  sections: readonly SectionName[];
};

/**
 * One colleague, for the coordinator who changes what they may.
 * @throws not found also for who signs: that one is the administrator's
 */
export async function getColleague(ctx: Context, { membershipId }: GetColleagueInput): Promise<ColleagueToChange> {
  onlyInsurer(ctx.actor);
  authorize(ctx.actor, 'member.limit', { organisationId: ctx.actor.organisationId });
  return inTransaction(ctx, async (tx) => {
    const [[found], sections] = await Promise.all([
      tx
        .select({
          membershipId: memberships.id,
          userId: users.id,
          name: users.name,
          email: users.email,
          roles: memberships.roles,
          sectionKeys: memberships.sectionKeys,
          coordinators: sql<number>`(select count(*)::int from memberships as others
            where others.organisation_id = ${memberships.organisationId} and others.ended_at is null
            and 'coordinator' = any(others.roles))`,
        })
        .from(memberships)
        .innerJoin(users, eq(users.id, memberships.userId))
        .where(and(eq(memberships.id, sql.placeholder('membershipId')), isNull(memberships.endedAt)))
        .prepare('get-colleague')
        .execute({ membershipId }),
      readSections(tx),
    ]);
    if (!found || found.roles.includes('signatory')) throw notFound();
    const { userId, coordinators, ...colleague } = found;
    return {
      ...colleague,
      seen: grantsOf(colleague),
      you: userId === ctx.actor.userId,
      lastCoordinator: colleague.roles.includes('coordinator') && coordinators === 1,
      grantable: grantableBy(ctx.actor),
      sections,
    };
  });
}
