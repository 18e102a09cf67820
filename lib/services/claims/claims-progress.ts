import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { claimDraws, claimFindings, claimLists } from '#db/schema/claim-files.ts';
import type { Framework } from '#domain/framework.ts';
import type { AssessmentScore } from '#domain/scoring.ts';

/** How far the claim files of a case are: findings that were recorded, of all that a draw asks for. */
export type ClaimsProgress = { state: 'none' | 'given' } | { state: 'drawn'; done: number; all: number };

type Counted = { given: boolean; drawn: number | null; found: number };

/** One statement for the overview. */
export async function readClaimsProgress(tx: Transaction, assessmentId: string): Promise<Counted> {
  const id = sql.placeholder('assessmentId');
  const [row] = await tx
    .select({
      given: sql<boolean>`exists (select from ${claimLists} where ${claimLists.assessmentId} = ${id})`,
      drawn: sql<number | null>`(select jsonb_array_length(${claimDraws.claims}) from ${claimDraws}
        where ${claimDraws.assessmentId} = ${id} limit 1)`,
      found: sql<number>`(select count(*)::int from ${claimFindings}
        where ${claimFindings.assessmentId} = ${id} and ${claimFindings.version} = 1)`,
    })
    .from(sql`(values (1)) as one`)
    .prepare('claims:progress')
    .execute({ assessmentId });
  return row ?? { given: false, drawn: null, found: 0 };
}

/** Null where no criterion that applies is judged from files. */
export function claimsProgress(
  framework: Framework,
  { traces }: Pick<AssessmentScore, 'traces'>,
  { given, drawn, found }: Counted,
): ClaimsProgress | null {
  const judged = framework.criteria.filter(({ key, claimFiles }) => claimFiles && traces[key]?.applies);
  if (judged.length === 0) return null;
  if (drawn !== null) return { state: 'drawn', done: found, all: drawn * judged.length };
  return { state: given ? 'given' : 'none' };
}
