import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { assignments, conflictsOfInterest } from '#db/schema/reviews.ts';
import { frameworkVersions, roundReviewers, rounds } from '#db/schema/rounds.ts';
import { authorize } from '#services/authorize.ts';
import type { Context } from '#services/context.ts';
import { notFound } from '#services/errors.ts';

/** What was signed, as its row holds it. */
export type SignedSubmission = {
  reference: string;
  number: number;
  /** Canonical JSON, byte for byte. */
  snapshot: string;
  /** Lower-case hexadecimal. */
  sha256: string;
  withdrawnAt: Date | null;
  framework: { ref: string; sha256: Uint8Array };
};

/**
 * Reads one submission for who may read it: the insurer whose it is, withdrawn ones included; the supervisor while it
 * stands.
 * @throws not found
 */
export async function readSigned(tx: Transaction, ctx: Context, submissionId: string): Promise<SignedSubmission> {
  if (!z.uuid().safeParse(submissionId).success) throw notFound();
  const [signed] = await selectSigned(tx, submissionId);
  if (!signed) throw notFound();
  const { assessmentId, organisationId, sha256, ref, frameworkSha256, ...rest } = signed;
  if (ctx.actor.organisationKind === 'insurer') authorize(ctx.actor, 'assessment.read', { organisationId });
  else {
    const [standing] = await selectStanding(tx, assessmentId, ctx.actor.userId);
    authorize(ctx.actor, 'submission.read', { organisationId, everSubmitted: true, ...standing });
  }
  return { ...rest, sha256: Buffer.from(sha256).toString('hex'), framework: { ref, sha256: frameworkSha256 } };
}

function selectSigned(tx: Transaction, submissionId: string) {
  return tx
    .select({
      assessmentId: submissions.assessmentId,
      organisationId: submissions.organisationId,
      reference: assessments.reference,
      number: submissions.number,
      snapshot: submissions.snapshot,
      sha256: submissions.sha256,
      withdrawnAt: submissions.withdrawnAt,
      ref: frameworkVersions.ref,
      frameworkSha256: frameworkVersions.sha256,
    })
    .from(submissions)
    .innerJoin(assessments, eq(assessments.id, submissions.assessmentId))
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(eq(submissions.id, sql.placeholder('submissionId')))
    .prepare('signed:submission')
    .execute({ submissionId });
}

/** How one of the supervisor's people stands to an assessment; only in a supervisor's transaction. */
function selectStanding(tx: Transaction, assessmentId: string, userId: string) {
  const exists = (from: ReturnType<typeof sql>) => sql<boolean>`exists (select from ${from})`;
  const me = sql.placeholder('userId');
  return tx
    .select({
      assignedToActor: exists(sql`${assignments} where ${assignments.assessmentId} = ${assessments.id}
        and ${assignments.userId} = ${me} and ${assignments.endedAt} is null`),
      inActorsRounds: exists(sql`${roundReviewers} where ${roundReviewers.roundId} = ${assessments.roundId}
        and ${roundReviewers.userId} = ${me} and ${roundReviewers.endedAt} is null`),
      conflictOfInterest: exists(sql`${conflictsOfInterest}
        where ${conflictsOfInterest.organisationId} = ${assessments.organisationId}
        and ${conflictsOfInterest.userId} = ${me}`),
    })
    .from(assessments)
    .where(eq(assessments.id, sql.placeholder('assessmentId')))
    .prepare('signed:standing')
    .execute({ assessmentId, userId });
}
