import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { answers, assessments, intakeAnswers, outsideResults } from '#db/schema/assessments.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { statement } from '#db/statement.ts';
import type { IntakeMap, ResponseMap } from '#domain/answers.ts';
import type { Level } from '#domain/framework.ts';
import type { OutsideResult } from '#domain/snapshot.ts';
import { notFound } from '#services/errors.ts';
import { type CarriedSections, carriedLevels, carriedSections } from './carried-sections.ts';
import { signedOutside } from './signed-outside.ts';

/** The assessment as its row stood when it was locked; nothing can change it before the transaction ends. */
export type LockedAssessment = typeof assessments.$inferSelect;

/**
 * Locks an assessment against every other verb. Always a statement of its own, and the first: what a decision rests on
 * is read by later statements, which see what the last verb wrote. Rows of others are not found, by row security.
 */
export async function lockAssessment(tx: Transaction, assessmentId: string): Promise<LockedAssessment> {
  const [row] = await selectForUpdate(tx, { assessmentId });
  if (!row) throw notFound();
  return row;
}

const selectForUpdate = statement('assessment:lock', (db) =>
  db
    .select()
    .from(assessments)
    .where(eq(assessments.id, sql.placeholder('assessmentId')))
    .for('no key update'),
);

/** What the insurer's own score rests on, in one statement, and the round's framework and settings. */
export type InsurerFacts = {
  framework: { ref: string; sha256: Uint8Array };
  round: typeof rounds.$inferSelect;
  intake: IntakeMap;
  answers: ResponseMap;
  outside: ResponseMap;
  /** Levels of sections that the round carries, and where they come from. */
  carried: Readonly<Record<string, Level>>;
  carriedFrom: CarriedSections;
  /** What was signed of them, from submitted on: then `outside` holds no other. */
  signedOutside: Readonly<Record<string, OutsideResult>> | null;
};

/**
 * Reads the insurer's layers of an assessment: its intake, its responses, and the outside results: the latest, or what was signed. Only in an
 * insurer's transaction: the supervisor has no grant on work in progress and reads submissions instead.
 */
export async function readInsurerFacts(tx: Transaction, assessmentId: string): Promise<InsurerFacts> {
  const [row] = await selectInsurerFacts(tx, { assessmentId });
  if (!row) throw notFound();
  const { ref, sha256, ...facts } = row;
  const outside = facts.signedOutside ? responsesOf(facts.signedOutside) : facts.outside;
  return { framework: { ref, sha256 }, ...facts, outside, carried: carriedLevels(facts.carriedFrom) };
}

const responsesOf = (results: Readonly<Record<string, OutsideResult>>): ResponseMap =>
  Object.fromEntries(Object.entries(results).map(([key, { response }]) => [key, response]));

/** The columns of the insurer's layers, in a statement that reads from `assessments` and its round. */
export const insurerLayers = () => {
  const of = (table: typeof answers | typeof intakeAnswers | typeof outsideResults) =>
    sql`${table.assessmentId} = ${assessments.id}`;
  return {
    intake: sql<IntakeMap>`(select coalesce(json_object_agg(${intakeAnswers.intakeKey}, ${intakeAnswers.value}), '{}')
      from ${intakeAnswers} where ${of(intakeAnswers)})`,
    answers: sql<ResponseMap>`(select coalesce(json_object_agg(${answers.criterionKey}, ${answers.response}), '{}')
      from ${answers} where ${of(answers)} and ${answers.response} is not null)`,
    outside: sql<ResponseMap>`(select coalesce(json_object_agg(criterion_key, response), '{}') from (
      select distinct on (${outsideResults.criterionKey}) ${outsideResults.criterionKey}, ${outsideResults.response}
      from ${outsideResults} where ${of(outsideResults)}
      order by ${outsideResults.criterionKey}, ${outsideResults.importedAt} desc) as latest)`,
    carriedFrom: carriedSections(),
  };
};

const selectInsurerFacts = statement('assessment:insurer-facts', (db) =>
  db
    .select({
      ref: frameworkVersions.ref,
      sha256: frameworkVersions.sha256,
      round: rounds,
      ...insurerLayers(),
      signedOutside: signedOutside(),
    })
    .from(assessments)
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(eq(assessments.id, sql.placeholder('assessmentId'))),
);
