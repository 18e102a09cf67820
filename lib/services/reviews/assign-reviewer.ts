import 'server-only';
import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { submissions } from '#db/schema/assessments.ts';
import { memberships } from '#db/schema/identity.ts';
import { assignments, conflictsOfInterest } from '#db/schema/reviews.ts';
import { roundReviewers } from '#db/schema/rounds.ts';
import { applyTransition } from '#domain/workflow.ts';
import type { LockedAssessment } from '#services/assessments/assessment-facts.ts';
import { lockAssessments } from '#services/assessments/lock-assessments.ts';
import { recordEvents } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { precondition } from '#services/errors.ts';

const most = 200;

export const assignReviewerInput = z
  .object({
    assessmentIds: z.array(z.uuid()).max(most).default([]),
    /** All cases of the page that the choice was made on, with a comma between; they count when `every` is ticked. */
    listed: z
      .string()
      .transform((ids) => ids.split(',').filter(Boolean))
      .pipe(z.array(z.uuid()).max(most))
      .default([]),
    every: z.literal('yes').optional(),
    userId: z.uuid({ error: 'required' }),
  })
  .transform(({ assessmentIds, listed, every, userId }) => ({ assessmentIds: every ? listed : assessmentIds, userId }))
  .refine(({ assessmentIds }) => assessmentIds.length > 0, { path: ['assessmentIds'], error: 'required' });
export type AssignReviewerInput = z.infer<typeof assignReviewerInput>;

/** `workload`: cases that the reviewer has now, in every round. */
export type Assigned = { assigned: number; workload: number };

/** Why one case of a bulk was refused: codes, by the id of the case. */
export type AssignmentProblems = Readonly<Record<string, readonly string[]>>;

/**
 * Gives cases to a reviewer, all or none. Who has a case already keeps it; others who have it keep it too.
 * @throws not found when the lead has a conflict with one of the insurers; precondition with every reason, `detail` per
 * case: `wrong_state`, `no_conflict` (of the reviewer), `round_reviewer` (not among the reviewers of its round)
 */
export async function assignReviewer(ctx: Context, { assessmentIds, userId }: AssignReviewerInput): Promise<Assigned> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const locked = await lockAssessments(tx, assessmentIds);
    const [conflicts, admitted, submitted, held] = await Promise.all([
      readConflicts(tx, locked, [ctx.actor.userId, userId]),
      readAdmissions(tx, locked, [ctx.actor.userId, userId]),
      readSubmitted(tx, locked),
      tx
        .select({ assessmentId: assignments.assessmentId })
        .from(assignments)
        .where(and(eq(assignments.userId, userId), isNull(assignments.endedAt))),
    ]);
    const conflicted = (organisationId: string, whose: string) => conflicts.has(`${whose}:${organisationId}`);
    for (const { id, organisationId, roundId } of locked) {
      authorize(ctx.actor, 'assignment.assign', {
        organisationId,
        conflictOfInterest: conflicted(organisationId, ctx.actor.userId),
        inActorsRounds: admitted.has(`${ctx.actor.userId}:${roundId}`),
        everSubmitted: submitted.has(id),
      });
    }
    const problems = locked.flatMap(({ id, state, roundId, organisationId }) => {
      const result = applyTransition({
        verb: 'assign',
        state,
        guards: { no_conflict: !conflicted(organisationId, userId) },
      });
      const codes = [
        ...(result.ok ? [] : [...(result.wrongState ? ['wrong_state'] : []), ...result.failing]),
        ...(admitted.has(`${userId}:${roundId}`) ? [] : ['round_reviewer']),
      ];
      return codes.length > 0 ? [[id, codes] as const] : [];
    });
    if (problems.length > 0) {
      const detail: AssignmentProblems = Object.fromEntries(problems);
      throw precondition([...new Set(problems.flatMap(([, codes]) => codes))], detail);
    }
    const fresh = locked.filter(({ id }) => !held.some(({ assessmentId }) => assessmentId === id));
    if (fresh.length > 0) await writeAssignments(tx, ctx, fresh, userId);
    return { assigned: fresh.length, workload: held.length + fresh.length };
  });
}

async function readConflicts(tx: Transaction, locked: readonly LockedAssessment[], userIds: readonly string[]) {
  const organisations = locked.map(({ organisationId }) => organisationId);
  const rows = await tx
    .select({ userId: conflictsOfInterest.userId, organisationId: conflictsOfInterest.organisationId })
    .from(conflictsOfInterest)
    .where(
      and(
        inArray(conflictsOfInterest.userId, [...userIds]),
        inArray(conflictsOfInterest.organisationId, organisations),
      ),
    );
  return new Set(rows.map(({ userId, organisationId }) => `${userId}:${organisationId}`));
}

/** Who of these people is admitted to which of the cases' rounds, as somebody who is a reviewer today. */
async function readAdmissions(tx: Transaction, locked: readonly LockedAssessment[], userIds: readonly string[]) {
  const roundIds = locked.map(({ roundId }) => roundId);
  const rows = await tx
    .selectDistinct({ userId: roundReviewers.userId, roundId: roundReviewers.roundId })
    .from(roundReviewers)
    .innerJoin(memberships, eq(memberships.userId, roundReviewers.userId))
    .where(
      and(
        inArray(roundReviewers.userId, [...userIds]),
        inArray(roundReviewers.roundId, roundIds),
        isNull(roundReviewers.endedAt),
        isNull(memberships.endedAt),
        sql`'reviewer' = any (${memberships.roles})`,
      ),
    );
  return new Set(rows.map(({ userId, roundId }) => `${userId}:${roundId}`));
}

async function readSubmitted(tx: Transaction, locked: readonly LockedAssessment[]) {
  const ids = locked.map(({ id }) => id);
  const rows = await tx
    .selectDistinct({ id: submissions.assessmentId })
    .from(submissions)
    .where(and(inArray(submissions.assessmentId, ids), isNull(submissions.withdrawnAt)));
  return new Set(rows.map(({ id }) => id));
}

function writeAssignments(tx: Transaction, ctx: Context, cases: readonly LockedAssessment[], userId: string) {
  const made = { userId, assignedAt: ctx.now, assignedBy: ctx.actor.userId };
  return Promise.all([
    tx
      .insert(assignments)
      .values(cases.map(({ id, organisationId }) => ({ id: randomUUID(), assessmentId: id, organisationId, ...made }))),
    recordEvents(
      tx,
      cases.map(({ id, organisationId }) => ({
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'assignment.assign',
        organisationId,
        assessmentId: id,
        detail: { userId },
      })),
    ),
  ]);
}
