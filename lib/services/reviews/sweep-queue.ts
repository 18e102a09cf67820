import 'server-only';
import { sql } from 'drizzle-orm';
import { queueLines } from '#db/schema/queue.ts';
import { inSystemTransaction, type SystemContext } from '#services/context.ts';

/**
 * Turns the lines of the queue that time alone changed: a term ended, so that a case is late or waits on somebody else.
 * As many as there are, a thousand at once; each is settled at `now`.
 */
export async function sweepQueue(ctx: SystemContext): Promise<{ settled: number }> {
  let settled = 0;
  while (true) {
    const turned = await inSystemTransaction(ctx, (tx) =>
      tx
        .update(queueLines)
        .set({ settledAt: ctx.now })
        .where(
          sql`${queueLines.assessmentId} in (select due.assessment_id from ${queueLines} due
            where due.turns_at <= ${ctx.now.toISOString()}::timestamptz order by due.turns_at, due.assessment_id limit 1000)`,
        )
        .returning({ id: queueLines.assessmentId }),
    );
    settled += turned.length;
    if (turned.length < 1000) return { settled };
  }
}
