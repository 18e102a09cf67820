import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { queueLines } from '#db/schema/queue.ts';
import type { KeptScores } from '#domain/snapshot.ts';

/** What a verdict changes in the queue: the computed total, and how many criteria still ask for a verdict. */
export type QueueScore = { assessmentId: string; scores: KeptScores; openCriteria: number };

/** Keeps the scores by which the queue sorts and filters, in one statement; the verbs that change a score call it. */
export async function keepQueueScores(tx: Transaction, scored: readonly QueueScore[]): Promise<void> {
  const rows = scored.map(({ assessmentId, scores, openCriteria }) => {
    const [numerator, denominator = '1'] = scores.total?.low.split('/') ?? [];
    return { id: assessmentId, numerator, denominator, open_criteria: openCriteria };
  });
  if (rows.length === 0) return;
  await tx
    .update(queueLines)
    .set({ score: sql`line.numerator / line.denominator`, openCriteria: sql`line.open_criteria` })
    .from(
      sql`jsonb_to_recordset(${sql.placeholder('rows')}::text::jsonb)
        as line (id uuid, numerator numeric, denominator numeric, open_criteria integer)`,
    )
    .where(sql`${queueLines.assessmentId} = line.id`)
    .prepare('queue:keep-scores')
    .execute({ rows: JSON.stringify(rows) });
}
