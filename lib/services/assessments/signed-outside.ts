import { sql } from 'drizzle-orm';
import { assessments, submissions } from '#db/schema/assessments.ts';
import type { OutsideResult } from '#domain/snapshot.ts';

/**
 * The outside results that the insurer signed, by criterion, as a column of a statement that reads from `assessments`;
 * null while there is work in progress. What is imported later is new to the supervisor, and to the insurer only in the
 * draft outcome: its own answers and score stay as they were signed. A case that was closed reads as it did before.
 */
export const signedOutside = () =>
  sql<Readonly<
    Record<string, OutsideResult>
  > | null>`(select ${submissions.snapshot}::json -> 'outside' from ${submissions}
    where ${submissions.assessmentId} = ${assessments.id} and ${submissions.withdrawnAt} is null
    and coalesce(${assessments.stateBeforeClosing}, ${assessments.state}) not in ('draft', 'returned')
    order by ${submissions.number} desc limit 1)`;
