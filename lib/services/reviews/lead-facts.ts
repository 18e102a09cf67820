import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { conflictsOfInterest } from '#db/schema/reviews.ts';
import { roundReviewers, rounds } from '#db/schema/rounds.ts';
import type { Facts } from '#domain/policy.ts';
import type { Context } from '#services/context.ts';
import { notFound } from '#services/errors.ts';

/** What a lead's decision on a case rests on, where no score is asked. */
export type LeadFacts = {
  round: typeof rounds.$inferSelect;
  /** For `can`. */
  policy: Facts;
};

/** Reads, in one statement, how the actor stands to a case and under which settings it runs. */
export async function readLeadFacts(tx: Transaction, ctx: Context, assessmentId: string): Promise<LeadFacts> {
  const [row] = await tx
    .select({
      organisationId: assessments.organisationId,
      round: rounds,
      conflict: sql<boolean>`exists (select from ${conflictsOfInterest}
        where ${conflictsOfInterest.organisationId} = ${assessments.organisationId}
        and ${conflictsOfInterest.userId} = ${sql.placeholder('userId')})`,
      inRounds: sql<boolean>`exists (select from ${roundReviewers}
        where ${roundReviewers.roundId} = ${assessments.roundId}
        and ${roundReviewers.userId} = ${sql.placeholder('userId')} and ${roundReviewers.endedAt} is null)`,
      submitted: sql<boolean>`exists (select from ${submissions} where ${and(
        eq(submissions.assessmentId, assessments.id),
        isNull(submissions.withdrawnAt),
      )})`,
    })
    .from(assessments)
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .where(eq(assessments.id, sql.placeholder('assessmentId')))
    .prepare('review:lead-facts')
    .execute({ assessmentId, userId: ctx.actor.userId });
  if (!row) throw notFound();
  const { organisationId, conflict, inRounds, submitted, ...facts } = row;
  const policy = { organisationId, everSubmitted: submitted, inActorsRounds: inRounds, conflictOfInterest: conflict };
  return { ...facts, policy };
}
