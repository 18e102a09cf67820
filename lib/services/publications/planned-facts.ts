import 'server-only';
import { and, inArray, isNull } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { plannedPublications } from '#db/schema/reviews.ts';
import type { Context } from '#services/context.ts';

/** The plans that stand for these cases. */
export function readPlans(tx: Transaction, assessmentIds: readonly string[]) {
  return tx
    .select()
    .from(plannedPublications)
    .where(and(inArray(plannedPublications.assessmentId, [...assessmentIds]), isNull(plannedPublications.endedAt)));
}

/** Ends the plans that stand for these cases: their jobs find nothing to do. */
export function endPlans(tx: Transaction, ctx: Pick<Context, 'now'>, assessmentIds: readonly string[]) {
  return tx
    .update(plannedPublications)
    .set({ endedAt: ctx.now })
    .where(and(inArray(plannedPublications.assessmentId, [...assessmentIds]), isNull(plannedPublications.endedAt)));
}
