import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { informationRequests, supplements } from '#db/schema/requests.ts';

/**
 * A request is open until it is answered or withdrawn, or its term is over; the last second of a term belongs to it.
 * In a statement that reads from `information_requests` and has the placeholder `now`.
 */
export const requestIsOpen = and(
  isNull(informationRequests.withdrawnAt),
  sql`${informationRequests.termAt} + interval '1 second' > ${sql.placeholder('now')}::timestamptz`,
  sql`not exists (select from ${supplements} where ${supplements.requestId} = ${informationRequests.id}
    and ${supplements.sentAt} is not null)`,
);

/** Whether a case has an information request that still waits for its insurer. */
export async function hasOpenRequest(tx: Transaction, assessmentId: string, now: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: informationRequests.id })
    .from(informationRequests)
    .where(and(eq(informationRequests.assessmentId, sql.placeholder('assessmentId')), requestIsOpen))
    .limit(1)
    .prepare('requests:open')
    .execute({ assessmentId, now: now.toISOString() });
  return rows.length > 0;
}
