import 'server-only';
import { randomUUID } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { organisations } from '#db/schema/identity.ts';
import { transitions } from '#db/schema/reviews.ts';
import { dayInAmsterdam, isOver } from '#domain/terms.ts';
import { applyTransition } from '#domain/workflow.ts';
import { recordEvents } from '#services/audit.ts';
import type { Context } from '#services/context.ts';
import { invalid, precondition } from '#services/errors.ts';
import type { LockedRound } from './round-facts.ts';

export type OpenedAssessment = { id: string; organisationId: string; reference: string };

/** Those of these organisations that already take part in the round. */
export function readParticipants(tx: Transaction, roundId: string, organisationIds: readonly string[]) {
  return tx
    .select({ id: assessments.id, organisationId: assessments.organisationId, reference: assessments.reference })
    .from(assessments)
    .where(and(eq(assessments.roundId, roundId), inArray(assessments.organisationId, [...organisationIds])));
}

/**
 * Makes the assessments of these insurers in a locked round: each in draft, with the next reference
 * (`TR-<year of opening>-<at least four digits>`), its step `open` and its line in the log. Four statements for any number.
 * @param deadlineAt the own deadline of these assessments
 * @throws invalid when one of them is no insurer; precondition with every guard of `open` that fails
 */
export async function admitInsurers(
  tx: Transaction,
  ctx: Context,
  round: LockedRound,
  { organisationIds, deadlineAt }: { organisationIds: readonly string[]; deadlineAt: Date },
): Promise<OpenedAssessment[]> {
  const insurers = await tx
    .select({ id: organisations.id })
    .from(organisations)
    .where(and(inArray(organisations.id, [...organisationIds]), eq(organisations.kind, 'insurer')));
  if (insurers.length !== organisationIds.length) throw invalid({ organisationIds: 'unknown' });
  const allowed = applyTransition({
    verb: 'open',
    state: null,
    // The caller froze the framework in this same transaction, and a round is never saved without scope and period.
    guards: { framework_frozen: true, round_set: !isOver(deadlineAt, ctx.now) },
  });
  if (!allowed.ok) throw precondition(allowed.failing);

  const year = dayInAmsterdam(ctx.now).slice(0, 4);
  const number = sql`(select nextval('assessment_references')::text) as drawn(n)`;
  const made = await tx
    .insert(assessments)
    .values(
      organisationIds.map((organisationId) => ({
        id: randomUUID(),
        organisationId,
        roundId: round.id,
        state: allowed.to,
        stateChangedAt: ctx.now,
        deadlineAt,
        reference: sql<string>`'TR-' || ${year}::text || '-' || (select lpad(n, greatest(4, length(n)), '0') from ${number})`,
        createdAt: ctx.now,
      })),
    )
    .returning({ id: assessments.id, organisationId: assessments.organisationId, reference: assessments.reference });
  await Promise.all([
    tx.insert(transitions).values(
      made.map(({ id, organisationId }) => ({
        id: randomUUID(),
        assessmentId: id,
        organisationId,
        verb: 'open',
        // Before it there is no state to come from.
        fromState: null,
        toState: allowed.to,
        takenAt: ctx.now,
        takenBy: ctx.actor.userId,
      })),
    ),
    recordEvents(
      tx,
      made.map(({ id, organisationId, reference }) => ({
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'assessment.open',
        organisationId,
        assessmentId: id,
        detail: { roundId: round.id, framework: round.frameworkRef, reference },
      })),
    ),
  ]);
  return made;
}
