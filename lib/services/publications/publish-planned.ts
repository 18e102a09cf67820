import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '#db/client.ts';
import { memberships, organisations, users } from '#db/schema/identity.ts';
import { plannedPublications } from '#db/schema/reviews.ts';
import type { Actor } from '#domain/policy.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordRefusal } from '#services/audit.ts';
import { inSystemTransaction, inTransaction, type SystemContext } from '#services/context.ts';
import { Refusal } from '#services/errors.ts';
import { readPlans } from './planned-facts.ts';
import { publishCase } from './publish-case.ts';

export const publishPlannedInput = z.object({ planId: z.uuid() });
export type PublishPlannedInput = z.infer<typeof publishPlannedInput>;

/**
 * Publishes a case at the moment that was planned, in the name of the lead who planned it: the lead's own rights are
 * asked again. A plan that has ended, or whose moment is not there yet, is left as it is, so a repeat is harmless. Where
 * it is refused the plan stands, overdue, for a lead to look at.
 */
export async function publishPlanned(ctx: SystemContext, { planId }: PublishPlannedInput): Promise<void> {
  const plan = await inSystemTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select()
      .from(plannedPublications)
      .where(and(eq(plannedPublications.id, planId), isNull(plannedPublications.endedAt)));
    return row;
  });
  if (!plan || plan.plannedFor > ctx.now) return;
  const actor = await readLead(ctx.db, plan.plannedBy);
  if (!actor) return;
  const { assessmentId } = plan;
  const asLead = { ...ctx, actor };
  try {
    await inTransaction(asLead, async (tx) => {
      await lockAssessment(tx, assessmentId);
      // Taken back, or moved, between reading it and locking its case.
      const [standing] = await readPlans(tx, [assessmentId]);
      if (standing?.id === planId) await publishCase(tx, asLead, assessmentId);
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await recordRefusal(asLead, 'outcome.publish', error, { assessmentId, planId });
  }
}

/** The lead as it stands today; undefined for who is none any more. */
async function readLead(db: Database, userId: string): Promise<Actor | undefined> {
  const [row] = await db
    .select({
      userId: memberships.userId,
      membershipId: memberships.id,
      organisationId: organisations.id,
      organisationKind: organisations.kind,
      roles: memberships.roles,
      sectionKeys: memberships.sectionKeys,
    })
    .from(memberships)
    .innerJoin(users, and(eq(users.id, memberships.userId), isNull(users.disabledAt)))
    .innerJoin(organisations, eq(organisations.id, memberships.organisationId))
    .where(and(eq(memberships.userId, userId), isNull(memberships.endedAt), sql`'lead' = any (${memberships.roles})`));
  return row;
}
