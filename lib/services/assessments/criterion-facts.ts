import 'server-only';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { answers, assessments, outsideResults } from '#db/schema/assessments.ts';
import { claimLists } from '#db/schema/claim-files.ts';
import { rounds } from '#db/schema/rounds.ts';
import { notFound } from '#services/errors.ts';
import { lastHearing } from './assessment-status.ts';

type Of = { assessmentId: string; criterionKey: string };

/** The assessment with its last hearing, and whether the list of claim files was given. @throws not found */
export async function readAssessment(tx: Transaction, assessmentId: string) {
  const [row] = await tx
    .select({
      assessment: assessments,
      hearing: lastHearing(),
      listGiven: sql<boolean>`exists (select from ${claimLists} where ${claimLists.assessmentId} = ${assessments.id})`,
    })
    .from(assessments)
    // With one table drizzle names columns without it, and those of the subselects would mean others.
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .where(eq(assessments.id, sql.placeholder('assessmentId')))
    .prepare('get-criterion:assessment')
    .execute({ assessmentId });
  if (!row) throw notFound();
  return row;
}

/** All answers; of the others only whether there is an explanation, so that the statement stays as small as its use. */
export function readAnswers(tx: Transaction, { assessmentId, criterionKey }: Of) {
  return tx
    .select({
      criterionKey: answers.criterionKey,
      response: answers.response,
      version: answers.version,
      savedAt: answers.savedAt,
      explanation: sql<string>`case when ${answers.criterionKey} = ${sql.placeholder('criterionKey')} then ${answers.explanation}
        when trim(${answers.explanation}) = '' then '' else '…' end`,
    })
    .from(answers)
    .where(eq(answers.assessmentId, sql.placeholder('assessmentId')))
    .prepare('get-criterion:answers')
    .execute({ assessmentId, criterionKey });
}

/** Every result of the criterion, the newest first. */
export function readOutside(tx: Transaction, { assessmentId, criterionKey }: Of) {
  return tx
    .select({
      response: outsideResults.response,
      measuredOn: outsideResults.measuredOn,
      source: outsideResults.source,
      importedAt: outsideResults.importedAt,
    })
    .from(outsideResults)
    .where(
      and(
        eq(outsideResults.assessmentId, sql.placeholder('assessmentId')),
        eq(outsideResults.criterionKey, sql.placeholder('criterionKey')),
      ),
    )
    .orderBy(desc(outsideResults.importedAt))
    .prepare('get-criterion:outside')
    .execute({ assessmentId, criterionKey });
}
