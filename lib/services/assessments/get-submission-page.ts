import 'server-only';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import type { Fraction } from '#domain/fraction.ts';
import type { Framework, LocalizedText } from '#domain/framework.ts';
import { type AssessmentScore, scoreAssessment } from '#domain/scoring.ts';
import type { SubmissionSnapshot } from '#domain/snapshot.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type RequestView, readRequests, requestViews } from '#services/requests/request-facts.ts';
import { type AssessmentStatus, readStatus, type SubmissionShown } from './assessment-status.ts';
import { type CheckedSection, checkedSections } from './checked-sections.ts';
import { signedLayers } from './signed-layers.ts';

export type SubmissionPage = {
  status: AssessmentStatus;
  submission: SubmissionShown;
  declaration: string;
  intake: readonly { key: string; short: LocalizedText; value: boolean | null }[];
  sections: readonly CheckedSection[];
  total: { low: Fraction; high: Fraction } | null;
  /** What the supervisor asked about it since. */
  requests: readonly RequestView[];
};

/** What was signed, word for word, read from the snapshot and not from the work. @throws not found when nothing was */
export async function getSubmissionPage(
  ctx: Context,
  { assessmentId }: { assessmentId: string },
): Promise<SubmissionPage> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [status, [signed], requests] = await Promise.all([
      readStatus(tx, ctx.now, assessmentId),
      readSnapshot(tx, assessmentId),
      readRequests(tx, assessmentId),
    ]);
    authorize(ctx.actor, 'assessment.read', { organisationId: status.organisationId });
    if (!signed || !status.submission) throw notFound();
    const framework = await compiledFramework(tx, signed);
    const snapshot = JSON.parse(signed.snapshot) as SubmissionSnapshot;
    const score = scoreAssessment(framework, signedLayers(snapshot));
    return {
      status,
      submission: status.submission,
      declaration: snapshot.declaration,
      intake: framework.intake.map(({ key, short }) => ({ key, short, value: snapshot.intake[key] ?? null })),
      sections: signedSections(framework, score, snapshot),
      total: score.total,
      requests: requestViews(requests, ctx.now),
    };
  });
}

function signedSections(framework: Framework, score: AssessmentScore, snapshot: SubmissionSnapshot): CheckedSection[] {
  const evidence = new Map(snapshot.evidence.map((piece) => [piece.id, piece]));
  return checkedSections(framework, {
    score,
    explanationOf: (key) => snapshot.answers[key]?.explanation ?? '',
    outside: snapshot.outside,
    carried: snapshot.carried ?? {},
    evidenceOf: (key) =>
      snapshot.evidenceLinks
        .filter(({ criterionKey }) => criterionKey === key)
        .flatMap(({ evidenceId, locator }) => {
          const piece = evidence.get(evidenceId);
          if (!piece) return [];
          const { id, kind, title, webAddress, seenOn } = piece;
          return [{ id, kind, title, webAddress, seenOn, locator, scan: null }];
        }),
    asksOf: () => [],
    blocksOf: () => [],
  });
}

/** The last submission that stands, with the framework it was made on; no row before the first. */
export function readSnapshot(tx: Transaction, assessmentId: string) {
  return tx
    .select({ snapshot: submissions.snapshot, ref: frameworkVersions.ref, sha256: frameworkVersions.sha256 })
    .from(submissions)
    .innerJoin(assessments, eq(assessments.id, submissions.assessmentId))
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(and(eq(submissions.assessmentId, sql.placeholder('assessmentId')), isNull(submissions.withdrawnAt)))
    .orderBy(desc(submissions.number))
    .limit(1)
    .prepare('submission-page:snapshot')
    .execute({ assessmentId });
}
