import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { assessments } from '#db/schema/assessments.ts';
import { auditEvents } from '#db/schema/audit.ts';
import { statement } from '#db/statement.ts';
import type { ReviewFacts, Verdict } from './review-facts.ts';

/** A list that was confirmed at once, as the log holds it. */
export type ConfirmedBatch = { at: string; by: string; keys: readonly string[] };

/** Criteria that were confirmed at one instant, and that no later word took over. */
export type ConfirmedTogether = { confirmedAt: string; keys: readonly string[] };

/**
 * What was confirmed together and can be undone, the newest first: of each list the criteria whose plain confirmation
 * still stands on the submission that is reviewed now. A verdict that was given on its own is in none, even one without
 * a reason.
 */
export function confirmedTogether(facts: ReviewFacts, batches: readonly ConfirmedBatch[]): ConfirmedTogether[] {
  return batches
    .map((batch) => ({ confirmedAt: new Date(batch.at).toISOString(), keys: keysOf(facts, batch) }))
    .filter(({ keys }) => keys.length > 0)
    .sort((one, other) => other.confirmedAt.localeCompare(one.confirmedAt));
}

function keysOf({ criterionVerdicts, submission }: ReviewFacts, { at, by, keys }: ConfirmedBatch): string[] {
  const instant = new Date(at).getTime();
  return keys.filter((key) => {
    const verdict = criterionVerdicts[key];
    return (
      verdict !== undefined &&
      isPlain(verdict) &&
      verdict.submissionId === submission?.id &&
      verdict.decidedBy === by &&
      verdict.decidedAt.getTime() === instant
    );
  });
}

const isPlain = ({ response, overrides, reason }: Verdict) => response !== null && !overrides && reason === '';

/** The lists of the assessment that a statement reads. */
export const batchesOfAssessment = sql<ConfirmedBatch[]>`(
  select coalesce(json_agg(json_build_object('at', logged.at, 'by', logged.actor_id, 'keys', logged.detail -> 'criteria')
    order by logged.sequence), '[]')
  from ${auditEvents} as logged where logged.stream = 'assessment:' || assessments.id
    and logged.action = 'verdict.confirm_undisputed')`;

/** The lists of one assessment that were confirmed at once. */
export const selectBatches = statement('review:batches', (db) =>
  db
    .select({ batches: batchesOfAssessment })
    .from(assessments)
    .where(eq(assessments.id, sql.placeholder('assessmentId'))),
);
