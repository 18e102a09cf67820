import 'server-only';
import { randomUUID } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { conflictsOfInterest, plannedPublications } from '#db/schema/reviews.ts';
import { roundReviewers, rounds } from '#db/schema/rounds.ts';
import { instantInAmsterdam } from '#domain/terms.ts';
import { applyTransition } from '#domain/workflow.ts';
import type { LockedAssessment } from '#services/assessments/assessment-facts.ts';
import { lockAssessments } from '#services/assessments/lock-assessments.ts';
import { recordEvents } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { invalid, precondition } from '#services/errors.ts';
import { endPlans, readPlans } from './planned-facts.ts';

const planned = z.object({
  roundId: z.uuid(),
  /** Every decided case of the round that the lead may know, or the chosen ones. */
  which: z.enum(['all', 'chosen']).default('chosen'),
  assessmentIds: z
    .array(z.uuid().or(z.literal('')))
    .max(2000)
    .default([])
    .transform((ids) => [...new Set(ids.filter((id) => id !== ''))]),
});

/** At a moment of choice: a day in the Netherlands and a time on its clocks. Or at once. */
export const planPublicationsInput = z.discriminatedUnion('when', [
  planned.extend({ when: z.literal('now') }),
  planned.extend({
    when: z.literal('moment'),
    day: z.iso.date({ error: 'date' }),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'time'),
  }),
]);
export type PlanPublicationsInput = z.infer<typeof planPublicationsInput>;

export type PlannedPublications = { planned: number; plannedFor: string };

/** Why one case of several cannot be planned: codes, by the id of the case. */
export type PlanProblems = Readonly<Record<string, readonly string[]>>;

/**
 * Plans that decided cases are published by themselves at a chosen moment or at once, all or none. What was planned for another
 * moment is moved; the same plan again changes nothing.
 * @throws not found when the lead has a conflict with one of the insurers; invalid `required` when there is none;
 *   precondition with every reason, `detail` per case: `wrong_state`, `moment_ahead`
 */
export async function planPublications(ctx: Context, input: PlanPublicationsInput): Promise<PlannedPublications> {
  onlyStaff(ctx.actor);
  const plannedFor = input.when === 'now' ? ctx.now : instantInAmsterdam(input.day, input.time);
  return inTransaction(ctx, async (tx) => {
    const ids = input.which === 'all' ? await readDecided(tx, ctx, input.roundId) : input.assessmentIds;
    if (ids.length === 0) throw invalid({ assessmentIds: 'required' });
    const locked = await lockAssessments(tx, ids);
    const [standings, standing] = await Promise.all([readStandings(tx, ctx, ids), readPlans(tx, ids)]);
    for (const { id, organisationId } of locked) {
      authorize(ctx.actor, 'outcome.plan', { organisationId, ...standings.get(id) });
    }
    const problems = locked.flatMap(({ id, state, roundId }) => {
      const guards = { moment_ahead: input.when === 'now' || plannedFor > ctx.now };
      const result = applyTransition({ verb: 'plan_publication', state, guards });
      const codes = result.ok ? [] : [...(result.wrongState ? ['wrong_state'] : []), ...result.failing];
      if (roundId !== input.roundId) codes.push('other_round');
      return codes.length > 0 ? [[id, codes] as const] : [];
    });
    if (problems.length > 0) {
      const detail: PlanProblems = Object.fromEntries(problems);
      throw precondition([...new Set(problems.flatMap(([, codes]) => codes))], detail);
    }
    const same = new Set(
      standing.flatMap((plan) => (plan.plannedFor.getTime() === plannedFor.getTime() ? [plan.assessmentId] : [])),
    );
    const fresh = locked.filter(({ id }) => !same.has(id));
    if (fresh.length > 0) await writePlans(tx, ctx, fresh, plannedFor);
    return { planned: fresh.length, plannedFor: plannedFor.toISOString() };
  });
}

async function writePlans(tx: Transaction, ctx: Context, cases: readonly LockedAssessment[], plannedFor: Date) {
  await endPlans(
    tx,
    ctx,
    cases.map(({ id }) => id),
  );
  const plans = cases.map(({ id, organisationId }) => ({ id: randomUUID(), assessmentId: id, organisationId }));
  const made = { plannedFor, plannedAt: ctx.now, plannedBy: ctx.actor.userId };
  await tx.insert(plannedPublications).values(plans.map((plan) => ({ ...plan, ...made })));
  await Promise.all([
    tx.execute(sql`select ask_for_publication(id, ${plannedFor.toISOString()}::timestamptz)
      from unnest(${`{${plans.map(({ id }) => id).join(',')}}`}::uuid[]) as plan (id)`),
    recordEvents(
      tx,
      plans.map(({ id, assessmentId, organisationId }) => ({
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'outcome.plan',
        organisationId,
        assessmentId,
        detail: { planId: id, plannedFor: plannedFor.toISOString() },
      })),
    ),
  ]);
}

async function readDecided(tx: Transaction, ctx: Context, roundId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: assessments.id })
    .from(assessments)
    .where(
      and(
        eq(assessments.roundId, roundId),
        eq(assessments.state, 'decided'),
        sql`not exists (select from ${conflictsOfInterest} where ${conflictsOfInterest.userId} = ${ctx.actor.userId}
          and ${conflictsOfInterest.organisationId} = ${assessments.organisationId})`,
      ),
    )
    .limit(5_000);
  return rows.map(({ id }) => id);
}

/** How the actor stands to each of these cases, for the policy. */
async function readStandings(tx: Transaction, ctx: Context, ids: readonly string[]) {
  const rows = await tx
    .select({
      id: assessments.id,
      conflictOfInterest: sql<boolean>`exists (select from ${conflictsOfInterest}
        where ${conflictsOfInterest.organisationId} = ${assessments.organisationId}
        and ${conflictsOfInterest.userId} = ${ctx.actor.userId})`,
      inActorsRounds: sql<boolean>`exists (select from ${roundReviewers}
        where ${roundReviewers.roundId} = ${assessments.roundId}
        and ${roundReviewers.userId} = ${ctx.actor.userId} and ${roundReviewers.endedAt} is null)`,
      everSubmitted: sql<boolean>`exists (select from ${submissions}
        where ${submissions.assessmentId} = ${assessments.id} and ${submissions.withdrawnAt} is null)`,
    })
    .from(assessments)
    // Of one table alone drizzle would write the columns without its name, and the conditions would compare with themselves.
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .where(inArray(assessments.id, [...ids]));
  return new Map(rows.map(({ id, ...standing }) => [id, standing]));
}
