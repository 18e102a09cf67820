import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { claimDraws, claimLists } from '#db/schema/claim-files.ts';
import type { Framework } from '#domain/framework.ts';
import type { AssessmentStatus } from '#services/assessments/assessment-status.ts';

/**
 * How the list of claims stands for its insurer. The norm asks for it ("uit dossiers blijkt"), so every insurer owes it
 * from the moment it submitted; nobody has to ask for it one by one. `drawn`: the files to have at hand.
 */
export type ClaimsAsked = 'asked' | 'given' | 'drawn';

/** Whether a list was given and drawn from; one statement. */
export async function readClaimsStanding(tx: Transaction, assessmentId: string) {
  const [row] = await tx
    .select({
      given: sql<boolean>`exists (select from ${claimLists} where ${claimLists.assessmentId} = ${sql.placeholder('assessmentId')})`,
      drawn: sql<boolean>`exists (select from ${claimDraws} where ${claimDraws.assessmentId} = ${sql.placeholder('assessmentId')})`,
    })
    .from(sql`(values (1)) as one`)
    .prepare('claims:standing')
    .execute({ assessmentId });
  return { given: row?.given === true, drawn: row?.drawn === true };
}

/** Null where nothing is asked: another framework, or another moment. */
export function claimsAsked(
  framework: Framework,
  state: AssessmentStatus['state'],
  { given, drawn }: { given: boolean; drawn: boolean },
): ClaimsAsked | null {
  if (state !== 'submitted' && state !== 'in_review') return null;
  if (!framework.criteria.some(({ claimFiles }) => claimFiles)) return null;
  return drawn ? 'drawn' : given ? 'given' : 'asked';
}
