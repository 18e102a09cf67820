import { createHash, randomUUID } from 'node:crypto';
import type { submissions } from '#db/schema/assessments.ts';
import type { Person } from '#db/seed/builders.ts';
import type { ResponseMap } from '#domain/answers.ts';
import { canonicalJson, type JsonValue } from '#domain/canonical-json.ts';
import type { Framework } from '#domain/framework.ts';
import { scoreAssessment } from '#domain/scoring.ts';
import { keptScores, type SubmissionSnapshot } from '#domain/snapshot.ts';

/** The row that signing leaves, for tests that begin after it. */
export function submissionRow(
  of: { assessmentId: string; organisationId: string },
  framework: Framework,
  snapshot: SubmissionSnapshot,
  signatory: Person,
): typeof submissions.$inferInsert {
  const text = canonicalJson(snapshot as unknown as JsonValue);
  return {
    id: randomUUID(),
    ...of,
    number: snapshot.number,
    snapshot: text,
    sha256: createHash('sha256').update(text).digest(),
    scores: keptScores(scoreAssessment(framework, { intake: snapshot.intake, answers: responsesOf(snapshot) })),
    signatoryName: snapshot.signatory.name,
    signatoryFunction: snapshot.signatory.function,
    signedAt: new Date(snapshot.signedAt),
    signedBy: signatory.userId,
  };
}

function responsesOf({ answers }: SubmissionSnapshot): ResponseMap {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([key, { response }]) => (response ? [[key, response]] : [])),
  );
}
