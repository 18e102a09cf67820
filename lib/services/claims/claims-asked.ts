import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { claimDraws, claimLists } from '#db/schema/claim-files.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { statement } from '#db/statement.ts';
import type { Framework } from '#domain/framework.ts';
import type { AssessmentStatus } from '#services/assessments/assessment-status.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';

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

/** Those of the insurer's assessments that still owe their list; one statement, whatever their number. */
export async function readListsAwaited(
  tx: Transaction,
  statuses: readonly Pick<AssessmentStatus, 'id' | 'state'>[],
): Promise<ReadonlySet<string>> {
  const rows = await selectWithoutList(tx);
  const states = new Map(statuses.map(({ id, state }) => [id, state]));
  const awaited: string[] = [];
  for (const { id, ref, sha256 } of rows) {
    const state = states.get(id);
    const framework = await compiledFramework(tx, { ref, sha256 });
    if (state && claimsAsked(framework, state, { given: false, drawn: false }) === 'asked') awaited.push(id);
  }
  return new Set(awaited);
}

/** Submitted or in review, and no list given. */
const selectWithoutList = statement('claims:awaited', (db) =>
  db
    .select({ id: assessments.id, ref: frameworkVersions.ref, sha256: frameworkVersions.sha256 })
    .from(assessments)
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(
      sql`${assessments.state} in ('submitted', 'in_review')
        and not exists (select from ${claimLists} where ${claimLists.assessmentId} = ${assessments.id})`,
    ),
);
