import 'server-only';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { memberships, users } from '#db/schema/identity.ts';
import { queueLines } from '#db/schema/queue.ts';
import { assignments, conflictsOfInterest } from '#db/schema/reviews.ts';
import { roundReviewers } from '#db/schema/rounds.ts';
import type { LockedAssessment } from '#services/assessments/assessment-facts.ts';

/**
 * A reviewer of the round; `cases` are those in hand now, in every round, that are to be judged or determined still, and
 * `criteria` what asks for a verdict in them. Nobody's are counted further than a thousand.
 */
export type ReviewerChoice = {
  userId: string;
  name: string;
  cases: number;
  criteria: number;
  assigned: boolean;
  conflict: boolean;
};
const workloadCountedTo = 1000;
const load = sql.raw('load');

/**
 * The reviewers of a round with their workload, in one statement.
 * @param ofCase marks who has this case already, and who has a conflict with its insurer
 */
export function readReviewers(
  tx: Transaction,
  roundId: string,
  ofCase: Pick<LockedAssessment, 'id' | 'organisationId'> | null = null,
): Promise<ReviewerChoice[]> {
  return tx
    .select({
      userId: users.id,
      name: users.name,
      cases: sql<number>`coalesce(${load}.cases, 0)`,
      criteria: sql<number>`coalesce(${load}.criteria, 0)`,
      assigned: sql<boolean>`exists (select from ${assignments} where ${assignments.userId} = ${users.id}
        and ${assignments.assessmentId} = ${sql.placeholder('assessmentId')} and ${assignments.endedAt} is null)`,
      conflict: sql<boolean>`exists (select from ${conflictsOfInterest}
        where ${conflictsOfInterest.userId} = ${users.id}
        and ${conflictsOfInterest.organisationId} = ${sql.placeholder('organisationId')})`,
    })
    .from(roundReviewers)
    .innerJoin(users, eq(users.id, roundReviewers.userId))
    .leftJoin(
      sql`lateral (select count(*)::int as cases, sum(hand.open_criteria)::int as criteria from (
        select line.open_criteria from ${assignments} held join ${queueLines} line on line.assessment_id = held.assessment_id
        where held.user_id = ${users.id} and held.ended_at is null
          and line.state in ('submitted', 'in_review', 'hearing', 'returned')
        limit ${sql.raw(String(workloadCountedTo))}) as hand) as load`,
      sql`true`,
    )
    .where(
      and(
        eq(roundReviewers.roundId, sql.placeholder('roundId')),
        isNull(roundReviewers.endedAt),
        sql`exists (select from ${memberships} where ${memberships.userId} = ${users.id}
          and ${memberships.endedAt} is null and 'reviewer' = any (${memberships.roles}))`,
      ),
    )
    .orderBy(asc(users.name), asc(users.id))
    .prepare('decisions:reviewers')
    .execute({ roundId, assessmentId: ofCase?.id ?? null, organisationId: ofCase?.organisationId ?? null });
}
