import 'server-only';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments, outsideResults, submissions } from '#db/schema/assessments.ts';
import { evidence, submissionEvidence } from '#db/schema/evidence.ts';
import { organisations, users } from '#db/schema/identity.ts';
import { assignments, conflictsOfInterest, determinations, transitions, verdicts } from '#db/schema/reviews.ts';
import { frameworkVersions, roundReviewers, rounds } from '#db/schema/rounds.ts';
import type { ScanState } from '#domain/evidence-rules.ts';
import { can, type Facts } from '#domain/policy.ts';
import type { Layers } from '#domain/scoring.ts';
import type { OutsideResult, SubmissionSnapshot } from '#domain/snapshot.ts';
import { verdictStands } from '#domain/standing-verdicts.ts';
import { carriedLevels } from '#services/assessments/carried-sections.ts';
import type { Context } from '#services/context.ts';
import { notFound } from '#services/errors.ts';

export type Verdict = typeof verdicts.$inferSelect;
export type Determination = typeof determinations.$inferSelect;

/** Who took an outside result in, by name, and when: for the supervisor only, and apart from what is told to the insurer. */
export type OutsideImport = { at: Date; by: string };

/** What a supervisor's verb rests on: the signed snapshot, what was laid over it, and who stands how to it. */
export type ReviewFacts = {
  organisationId: string;
  organisation: { name: string; number: string };
  assessment: typeof assessments.$inferSelect;
  framework: { ref: string; sha256: Uint8Array };
  round: typeof rounds.$inferSelect;
  /** The last submission that was not withdrawn; null before the first. */
  submission: {
    id: string;
    number: number;
    sha256: Uint8Array;
    signedAt: Date;
    snapshot: SubmissionSnapshot;
    /** Files that it pins and nobody can open now: not scanned yet, or refused since. */
    unclean: Readonly<Record<string, Exclude<ScanState, 'clean'>>>;
  } | null;
  /** The submission before it, when it was signed again after a return. */
  previous: { id: string; number: number; signedAt: Date } | null;
  /** By id, that submission, and those that verdicts were given on: what `standing` compares with. */
  earlier: Readonly<Record<string, SubmissionSnapshot>>;
  outside: Readonly<Record<string, OutsideResult>>;
  outsideImports: Readonly<Record<string, OutsideImport>>;
  /** The verdict that counts, by criterion key and by intake key. */
  criterionVerdicts: Readonly<Record<string, Verdict>>;
  intakeVerdicts: Readonly<Record<string, Verdict>>;
  /** The determination that counts, by section key. */
  determinations: Readonly<Record<string, Determination>>;
  /** For `can`. */
  policy: Facts;
};

/** The part of a submission that scores and standing verdicts rest on. */
export type SignedPart = Pick<SubmissionSnapshot, 'intake' | 'answers' | 'evidenceLinks' | 'outside' | 'carried'>;

/** The part of the facts that scores rest on: what a list reads for many assessments at once. */
export type ScoredFacts = {
  submission: { id: string; snapshot: SignedPart } | null;
  earlier: Readonly<Record<string, SignedPart>>;
  outside: Readonly<Record<string, Pick<OutsideResult, 'response'>>>;
  criterionVerdicts: Readonly<Record<string, ScoredVerdict>>;
  intakeVerdicts: Readonly<Record<string, ScoredVerdict>>;
  determinations: Readonly<Record<string, Pick<Determination, 'computedLevel' | 'level'>>>;
};
export type ScoredVerdict = Pick<Verdict, 'submissionId' | 'criterionKey' | 'intakeKey' | 'response' | 'intakeValue'>;

/**
 * Reads the facts of a review in one flight of five statements, whatever the number of criteria.
 * @throws not found for whoever has no business with reviews: their database role reads none of these tables
 */
export async function readReviewFacts(tx: Transaction, ctx: Context, assessmentId: string): Promise<ReviewFacts> {
  if (!can(ctx.actor, 'queue.list').ok) throw notFound();
  const of = { assessmentId };
  const [[head], [submission, ...before], outside, judged, determined] = await Promise.all([
    tx
      .select({
        assessment: assessments,
        organisation: { name: organisations.name, number: organisations.number },
        ref: frameworkVersions.ref,
        sha256: frameworkVersions.sha256,
        round: rounds,
        assigned: exists(sql`${assignments} where ${assignments.assessmentId} = ${assessments.id}
          and ${assignments.userId} = ${sql.placeholder('userId')} and ${assignments.endedAt} is null`),
        inRounds: exists(sql`${roundReviewers} where ${roundReviewers.roundId} = ${assessments.roundId}
          and ${roundReviewers.userId} = ${sql.placeholder('userId')} and ${roundReviewers.endedAt} is null`),
        conflict:
          exists(sql`${conflictsOfInterest} where ${conflictsOfInterest.organisationId} = ${assessments.organisationId}
          and ${conflictsOfInterest.userId} = ${sql.placeholder('userId')}`),
        involved: sql<boolean>`(${exists(sql`${verdicts} where ${verdicts.assessmentId} = ${assessments.id}
          and ${verdicts.decidedBy} = ${sql.placeholder('userId')}`)}
          or ${exists(sql`${determinations} where ${determinations.assessmentId} = ${assessments.id}
          and ${determinations.determinedBy} = ${sql.placeholder('userId')}`)}
          or ${exists(sql`${transitions} where ${transitions.assessmentId} = ${assessments.id}
          and ${transitions.verb} = 'propose' and ${transitions.takenBy} = ${sql.placeholder('userId')}`)})`,
      })
      .from(assessments)
      .innerJoin(rounds, eq(rounds.id, assessments.roundId))
      .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
      .innerJoin(organisations, eq(organisations.id, assessments.organisationId))
      .where(eq(assessments.id, sql.placeholder('assessmentId')))
      .prepare('review:head')
      .execute({ ...of, userId: ctx.actor.userId }),
    tx
      .select({
        id: submissions.id,
        number: submissions.number,
        sha256: submissions.sha256,
        signedAt: submissions.signedAt,
        snapshot: submissions.snapshot,
        unclean: sql<Record<string, Exclude<ScanState, 'clean'>>>`(
          select coalesce(json_object_agg(piece.id, piece.scan_result), '{}')
          from ${submissionEvidence} pin join ${evidence} piece on piece.id = pin.evidence_id
          where pin.submission_id = ${submissions}.id and piece.scan_result <> 'clean')`,
      })
      .from(submissions)
      .where(
        and(
          eq(submissions.assessmentId, sql.placeholder('assessmentId')),
          isNull(submissions.withdrawnAt),
          sql`(${submissions.number} in (select number from ${submissions}
            where assessment_id = ${sql.placeholder('assessmentId')} and withdrawn_at is null order by number desc limit 2)
            or ${submissions.id} in (select submission_id from ${verdicts}
            where assessment_id = ${sql.placeholder('assessmentId')}))`,
        ),
      )
      .orderBy(desc(submissions.number))
      .prepare('review:submissions')
      .execute(of),
    tx
      .selectDistinctOn([outsideResults.criterionKey], {
        criterionKey: outsideResults.criterionKey,
        response: outsideResults.response,
        measuredOn: outsideResults.measuredOn,
        source: outsideResults.source,
        at: outsideResults.importedAt,
        by: users.name,
      })
      .from(outsideResults)
      .innerJoin(users, eq(users.id, outsideResults.importedBy))
      .where(eq(outsideResults.assessmentId, sql.placeholder('assessmentId')))
      .orderBy(outsideResults.criterionKey, desc(outsideResults.importedAt))
      .prepare('review:outside')
      .execute(of),
    tx
      .selectDistinctOn([verdicts.criterionKey, verdicts.intakeKey])
      .from(verdicts)
      .where(eq(verdicts.assessmentId, sql.placeholder('assessmentId')))
      .orderBy(verdicts.criterionKey, verdicts.intakeKey, desc(verdicts.version))
      .prepare('review:verdicts')
      .execute(of),
    tx
      .selectDistinctOn([determinations.sectionKey])
      .from(determinations)
      .where(eq(determinations.assessmentId, sql.placeholder('assessmentId')))
      .orderBy(determinations.sectionKey, desc(determinations.version))
      .prepare('review:determinations')
      .execute(of),
  ]);
  if (!head) throw notFound();
  const { organisationId } = head.assessment;
  return {
    organisationId,
    organisation: head.organisation,
    assessment: head.assessment,
    framework: { ref: head.ref, sha256: head.sha256 },
    round: head.round,
    submission: submission ? { ...submission, snapshot: JSON.parse(submission.snapshot) } : null,
    previous: before[0] ? { id: before[0].id, number: before[0].number, signedAt: before[0].signedAt } : null,
    earlier: Object.fromEntries(before.map(({ id, snapshot }) => [id, JSON.parse(snapshot)])),
    outside: Object.fromEntries(
      outside.map(({ criterionKey, response, measuredOn, source }) => [criterionKey, { response, measuredOn, source }]),
    ),
    outsideImports: Object.fromEntries(outside.map(({ criterionKey, at, by }) => [criterionKey, { at, by }])),
    criterionVerdicts: keyed(judged, (verdict) => verdict.criterionKey),
    intakeVerdicts: keyed(judged, (verdict) => verdict.intakeKey),
    determinations: keyed(determined, (determination) => determination.sectionKey),
    policy: {
      organisationId,
      everSubmitted: submission !== undefined,
      assignedToActor: head.assigned,
      inActorsRounds: head.inRounds,
      conflictOfInterest: head.conflict,
      actorJudged: head.involved,
      fourEyes: head.round.fourEyes,
    },
  };
}

/**
 * The layers that a score is computed over (norm framework clause 12). Verdicts that were given on an earlier submission
 * count only where they stand: response, explanation and evidence are equal in the present one.
 */
export function layersOf(facts: ScoredFacts): Layers {
  const snapshot = facts.submission?.snapshot;
  return {
    intake: snapshot?.intake ?? {},
    answers: collect(snapshot?.answers ?? {}, (answer) => answer.response),
    outside: collect(facts.outside, (result) => result.response),
    carried: carriedLevels(snapshot?.carried),
    verdicts: collect(facts.criterionVerdicts, (verdict) => (isStanding(facts, verdict) ? verdict.response : null)),
    intakeVerdicts: collect(facts.intakeVerdicts, (verdict) =>
      isStanding(facts, verdict) ? verdict.intakeValue : null,
    ),
  };
}

/** Whether a verdict holds for what is signed now; one that was given on a withdrawn submission does not. */
export function isStanding(facts: ScoredFacts, verdict: ScoredVerdict): boolean {
  const { submission, earlier } = facts;
  if (!submission || isTakenBack(verdict)) return false;
  const givenOn = verdict.submissionId === submission.id ? submission.snapshot : earlier[verdict.submissionId];
  return givenOn !== undefined && verdictStands(verdict, givenOn, submission.snapshot);
}

/** A word that undoes the one before it says nothing: what it is about asks for a verdict again. */
export const isTakenBack = ({ response, intakeValue }: Pick<Verdict, 'response' | 'intakeValue'>) =>
  response === null && intakeValue === null;

const exists = (from: ReturnType<typeof sql>) => sql<boolean>`exists (select from ${from})`;

function keyed<Row>(rows: readonly Row[], keyOf: (row: Row) => string | null): Record<string, Row> {
  return Object.fromEntries(rows.flatMap((row) => (keyOf(row) === null ? [] : [[keyOf(row), row]])));
}

function collect<From, To>(from: Readonly<Record<string, From>>, pick: (value: From) => To | null): Record<string, To> {
  const entries = Object.entries(from).map(([key, value]) => [key, pick(value)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, To & {}] => entry[1] !== null));
}
