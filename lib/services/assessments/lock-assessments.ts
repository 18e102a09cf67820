import 'server-only';
import { asc, inArray } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { notFound } from '#services/errors.ts';
import type { LockedAssessment } from './assessment-facts.ts';

/**
 * Locks several assessments, always in the order of their ids, so that two verbs cannot wait for each other.
 * @throws not found when one of them is not there for this role
 */
export async function lockAssessments(tx: Transaction, ids: readonly string[]): Promise<LockedAssessment[]> {
  const wanted = [...new Set(ids)];
  const rows = await tx
    .select()
    .from(assessments)
    .where(inArray(assessments.id, wanted))
    .orderBy(asc(assessments.id))
    .for('no key update');
  if (rows.length !== wanted.length) throw notFound();
  return rows;
}
