import 'server-only';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { answers, assessments, intakeAnswers, outsideResults, submissions } from '#db/schema/assessments.ts';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import { organisations } from '#db/schema/identity.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import type { IntakeMap, ResponseMap } from '#domain/answers.ts';
import {
  type EvidenceFacts,
  type EvidenceNotice,
  evidenceNotices,
  type SubmissionBlock,
  submissionBlocks,
} from '#domain/evidence-rules.ts';
import type { Framework } from '#domain/framework.ts';
import { type AssessmentScore, type Layers, scoreAssessment } from '#domain/scoring.ts';
import type { OutsideResult } from '#domain/snapshot.ts';
import { notFound } from '#services/errors.ts';
import { isEnclosed } from '#services/evidence/enclosed-pieces.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type CarriedSections, carriedLevels, carriedSections } from './carried-sections.ts';
import { savesByPerson } from './saves-by-person.ts';
import { signedOutside } from './signed-outside.ts';

export type IntakeFact = { value: boolean; version: number };
export type AnswerRow = Pick<
  typeof answers.$inferSelect,
  'criterionKey' | 'response' | 'explanation' | 'version' | 'savedAt' | 'savedBy'
>;
export type EvidenceRow = typeof evidence.$inferSelect;
/** A piece of evidence at one criterion; `link` is null where it supports none. */
export type EvidencePlace = {
  evidence: EvidenceRow;
  link: { id: string; criterionKey: string; locator: string } | null;
  /** Which version of the piece it is, from 1; those that were taken away keep their number. */
  version: number;
  /** It goes with a supplement or an objection. */
  enclosed: boolean;
};

/** A criterion at which somebody saved an answer or evidence, and when. */
export type LastSaved = { key: string; at: Date };

/** Everything that an insurer's own work in one assessment holds, and what follows from it. */
export type Work = {
  assessment: typeof assessments.$inferSelect;
  organisation: { name: string; number: string };
  round: typeof rounds.$inferSelect;
  frameworkVersion: { ref: string; sha256: Uint8Array };
  framework: Framework;
  intake: Readonly<Record<string, IntakeFact>>;
  /** By criterion key, those of criteria that no longer apply included. */
  answers: Readonly<Record<string, AnswerRow>>;
  /** Where each person saved last, an answer or evidence, by user: also where a colleague saved since. */
  lastSaved: Readonly<Record<string, LastSaved>>;
  outside: Readonly<Record<string, OutsideResult>>;
  /** Sections that the round carries for this insurer: nothing is asked there. */
  carried: CarriedSections;
  evidence: readonly EvidencePlace[];
  /** When evidence last began or ceased to support a criterion, by its key: ISO 8601. */
  supportedAt: Readonly<Record<string, string>>;
  /** Of the submissions that were ever signed, withdrawn ones included. */
  submissionCount: number;
  layers: Layers;
  score: AssessmentScore;
  /** Everything that blocks submitting, and what deserves a word but blocks nothing. */
  blocks: readonly SubmissionBlock[];
  notices: readonly EvidenceNotice[];
};

/** Reads it in one flight of three statements, whatever the number of criteria and files. Insurer's transactions only. */
export async function readWork(tx: Transaction, assessmentId: string): Promise<Work> {
  if (!z.uuid().safeParse(assessmentId).success) throw notFound();
  const [work] = await readWorks(tx, [assessmentId]);
  if (!work) throw notFound();
  return work;
}

/** The same for several assessments, in as many statements. What is not there, or of another, is left out. */
export async function readWorks(tx: Transaction, assessmentIds: readonly string[]): Promise<Work[]> {
  const of = { ids: `{${assessmentIds.join(',')}}` };
  const [heads, answerRows, places] = await Promise.all([readHeads(tx, of), readAnswers(tx, of), readEvidence(tx, of)]);
  const works: Work[] = [];
  for (const head of heads) {
    const framework = await compiledFramework(tx, head.frameworkVersion);
    const isOwn = (row: { assessmentId: string }) => row.assessmentId === head.assessment.id;
    works.push(
      workOf(
        head,
        framework,
        answerRows.filter(isOwn),
        places.filter(({ evidence: piece }) => isOwn(piece)),
      ),
    );
  }
  return works;
}

type Head = Awaited<ReturnType<typeof readHeads>>[number];

function workOf(
  { signedOutside, ...row }: Head,
  framework: Framework,
  rows: readonly AnswerRow[],
  places: readonly EvidencePlace[],
): Work {
  const head = { ...row, outside: signedOutside ?? row.outside };
  const answersByKey = Object.fromEntries(rows.map((row) => [row.criterionKey, row]));
  const intake: IntakeMap = mapValues(head.intake, (fact) => fact.value);
  const outside: ResponseMap = mapValues(head.outside, (result) => result.response);
  const responses: ResponseMap = Object.fromEntries(
    rows.flatMap(({ criterionKey, response }) => (response ? [[criterionKey, response]] : [])),
  );
  const carried = carriedLevels(head.carried);
  const layers = { intake, answers: responses, outside, carried };
  const score = scoreAssessment(framework, layers);
  const counted = evidenceFacts(places);
  return {
    ...head,
    framework,
    answers: answersByKey,
    lastSaved: mapValues(head.lastSaved, ({ key, at }) => ({ key, at: new Date(at) })),
    evidence: places,
    layers,
    score,
    blocks: submissionBlocks(framework, { intake, answers: answersByKey, outside, carried, evidence: counted }),
    notices: evidenceNotices(counted).filter(
      ({ criterion }) => criterion === null || score.traces[criterion]?.applies === true,
    ),
  };
}

type Of = { ids: string };

const among = (column: AnyPgColumn) => sql`${column} = any(${sql.placeholder('ids')}::text::uuid[])`;

async function readHeads(tx: Transaction, ids: Of) {
  const of = (table: typeof intakeAnswers | typeof outsideResults | typeof submissions | typeof evidenceLinks) =>
    sql`${table.assessmentId} = ${assessments.id}`;
  return tx
    .select({
      assessment: assessments,
      organisation: { name: organisations.name, number: organisations.number },
      round: rounds,
      frameworkVersion: { ref: frameworkVersions.ref, sha256: frameworkVersions.sha256 },
      intake: sql<Record<string, IntakeFact>>`(select coalesce(json_object_agg(${intakeAnswers.intakeKey},
        json_build_object('value', ${intakeAnswers.value}, 'version', ${intakeAnswers.version})), '{}')
        from ${intakeAnswers} where ${of(intakeAnswers)})`,
      signedOutside: signedOutside(),
      outside: sql<Record<string, OutsideResult>>`(select coalesce(json_object_agg(criterion_key, json_build_object(
        'response', response, 'measuredOn', measured_on, 'source', source)), '{}') from (
        select distinct on (${outsideResults.criterionKey}) ${outsideResults.criterionKey}, ${outsideResults.response},
        ${outsideResults.measuredOn}, ${outsideResults.source}
        from ${outsideResults} where ${of(outsideResults)}
        order by ${outsideResults.criterionKey}, ${outsideResults.importedAt} desc) as latest)`,
      lastSaved: sql<Record<string, { key: string; at: string }>>`(select coalesce(json_object_agg(user_id,
        json_build_object('key', criterion_key, 'at', saved_at)), '{}') from (
        select distinct on (user_id) user_id, criterion_key, saved_at from ${savesByPerson()} as saves
        where assessment_id = ${assessments.id}
        order by user_id, saved_at desc, criterion_key) as latest)`,
      carried: carriedSections(),
      supportedAt: sql<Record<string, string>>`(select coalesce(json_object_agg(criterion_key, at), '{}') from (
        select ${evidenceLinks.criterionKey},
        max(greatest(${evidenceLinks.linkedAt}, ${evidenceLinks.removedAt})) as at
        from ${evidenceLinks} where ${of(evidenceLinks)} group by ${evidenceLinks.criterionKey}) as changed)`,
      submissionCount: sql<number>`(select count(*)::int from ${submissions} where ${of(submissions)})`,
    })
    .from(assessments)
    .innerJoin(organisations, eq(organisations.id, assessments.organisationId))
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(among(assessments.id))
    .prepare('work:heads')
    .execute(ids);
}

function readAnswers(tx: Transaction, ids: Of) {
  return tx
    .select({
      assessmentId: answers.assessmentId,
      criterionKey: answers.criterionKey,
      response: answers.response,
      explanation: answers.explanation,
      version: answers.version,
      savedAt: answers.savedAt,
      savedBy: answers.savedBy,
    })
    .from(answers)
    .where(among(answers.assessmentId))
    .prepare('work:answers')
    .execute(ids);
}

function readEvidence(tx: Transaction, ids: Of): Promise<EvidencePlace[]> {
  return tx
    .select({
      evidence,
      link: { id: evidenceLinks.id, criterionKey: evidenceLinks.criterionKey, locator: evidenceLinks.locator },
      version: sql<number>`case when ${evidence.replacesId} is null then 1 else (
        with recursive line as (select ${evidence.replacesId} as before
          union all select older.replaces_id from ${evidence} older join line on older.id = line.before)
        select count(*)::int from line) end`,
      enclosed: isEnclosed('"evidence"'),
    })
    .from(evidence)
    .leftJoin(evidenceLinks, and(eq(evidenceLinks.evidenceId, evidence.id), isNull(evidenceLinks.removedAt)))
    .where(and(among(evidence.assessmentId), isNull(evidence.removedAt)))
    .orderBy(asc(evidence.addedAt), asc(evidence.id), asc(evidenceLinks.criterionKey), asc(evidenceLinks.id))
    .prepare('work:evidence')
    .execute(ids);
}

function evidenceFacts(places: readonly EvidencePlace[]): EvidenceFacts[] {
  return places.map(({ evidence: piece, link }) => ({
    criterion: link?.criterionKey ?? null,
    scan: piece.kind === 'file' ? piece.scanResult : null,
    locator: link?.locator ?? null,
  }));
}

function mapValues<From, To>(from: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, to(value)]));
}
