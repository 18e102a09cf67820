import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { memberships, users } from '#db/schema/identity.ts';
import { delegations } from '#db/schema/teamwork.ts';
import { type Actor, can } from '#domain/policy.ts';
import { dayInAmsterdam } from '#domain/terms.ts';
import type { Work } from '#services/assessments/work-facts.ts';

/** A section that was asked of a colleague, and how far it is. */
export type DelegationShown = {
  id: string;
  sectionKey: string;
  membershipId: string;
  /** Whom it was asked of. */
  name: string;
  you: boolean;
  /** A calendar day in Amsterdam, `YYYY-MM-DD`; the whole of that day counts. */
  dueOn: string;
  askedByName: string;
  askedByYou: boolean;
  /** Every applicable criterion of the section lacks nothing. */
  done: boolean;
  /** Not done, and the day is over. */
  late: boolean;
  /** They may still answer in this section: their roles or sections can have changed since. */
  able: boolean;
};

/**
 * What was asked and neither withdrawn nor replaced, of the assessments that are named. What was asked of somebody whose
 * membership ended stands no more. One statement. Insurer's transactions only.
 */
export function readDelegations(tx: Transaction, assessmentIds: readonly string[]) {
  return tx
    .select({
      id: delegations.id,
      assessmentId: delegations.assessmentId,
      organisationId: delegations.organisationId,
      sectionKey: delegations.sectionKey,
      membershipId: delegations.membershipId,
      userId: memberships.userId,
      roles: memberships.roles,
      sectionKeys: memberships.sectionKeys,
      name: users.name,
      dueOn: delegations.dueOn,
      askedBy: delegations.askedBy,
      askedByName: sql<string>`coalesce((select name from users where id = ${delegations.askedBy}), '')`,
    })
    .from(delegations)
    .innerJoin(memberships, and(eq(memberships.id, delegations.membershipId), isNull(memberships.endedAt)))
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(sql`${delegations.assessmentId} = any(${sql.placeholder('ids')}::text::uuid[])`, isNull(delegations.endedAt)),
    )
    .orderBy(delegations.dueOn, delegations.sectionKey)
    .prepare('delegations:standing')
    .execute({ ids: `{${assessmentIds.join(',')}}` });
}

export type DelegationRow = Awaited<ReturnType<typeof readDelegations>>[number];

/** What of an assessment was asked, in the order of the framework's sections; of sections that apply only. */
export function delegationsOf(
  work: Work,
  rows: readonly DelegationRow[],
  { actor, now }: { actor: Actor; now: Date },
): DelegationShown[] {
  const today = dayInAmsterdam(now);
  return work.framework.sections.flatMap(({ key }) => {
    const row = rows.find(({ assessmentId, sectionKey }) => assessmentId === work.assessment.id && sectionKey === key);
    if (!row || !applies(work, key)) return [];
    const done = lackingIn(work, key) === 0;
    return [
      {
        id: row.id,
        sectionKey: key,
        membershipId: row.membershipId,
        name: row.name,
        you: row.userId === actor.userId,
        dueOn: row.dueOn,
        askedByName: row.askedByName,
        askedByYou: row.askedBy === actor.userId,
        done,
        late: !done && row.dueOn < today,
        able: mayAnswerIn(row, key),
      },
    ];
  });
}

/** The section that is asked of who looks and is to be ready first. */
export function firstAsked(asked: readonly DelegationShown[]): string | undefined {
  const own = asked.filter(({ you, done, able }) => you && !done && able);
  return own.toSorted((a, b) => a.dueOn.localeCompare(b.dueOn))[0]?.sectionKey;
}

/** Whether a member of an insurer may answer in a section. */
export function mayAnswerIn(
  member: Pick<DelegationRow, 'userId' | 'membershipId' | 'organisationId' | 'roles' | 'sectionKeys'>,
  sectionKey: string,
): boolean {
  const actor: Actor = { ...member, organisationKind: 'insurer' };
  return can(actor, 'answer.save', { organisationId: member.organisationId, sectionKey }).ok;
}

function applies(work: Work, sectionKey: string): boolean {
  return work.framework.section(sectionKey)?.criteria.some(({ key }) => work.score.traces[key]?.applies) === true;
}

/** The applicable criteria of a section at which something blocks submitting. */
export function lackingIn(work: Work, sectionKey: string): number {
  const keys = new Set(work.framework.section(sectionKey)?.criteria.map(({ key }) => key));
  const lacking = work.blocks.flatMap(({ criterion }) => (criterion && keys.has(criterion) ? [criterion] : []));
  return new Set(lacking).size;
}
