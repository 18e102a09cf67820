import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { assignments, conflictsOfInterest } from '#db/schema/reviews.ts';
import { roundReviewers } from '#db/schema/rounds.ts';
import { authorize, noAdministrator } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';

export type SubmissionFile = { fileName: string; text: string; sha256: string };

/**
 * The canonical JSON that was signed, byte for byte: its SHA-256 is the one on the receipt. For the insurer whose it is,
 * withdrawn ones included; for the supervisor while it stands.
 */
export async function getSubmissionFile(
  ctx: Context,
  { submissionId }: { submissionId: string },
): Promise<SubmissionFile> {
  noAdministrator(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [signed] = await readSigned(tx, submissionId);
    if (!signed) throw notFound();
    const { organisationId } = signed;
    if (ctx.actor.organisationKind === 'insurer') authorize(ctx.actor, 'assessment.read', { organisationId });
    else {
      const [standing] = await readStanding(tx, signed.assessmentId, ctx.actor.userId);
      authorize(ctx.actor, 'submission.read', { organisationId, everSubmitted: true, ...standing });
    }
    return {
      fileName: `${signed.reference}-${signed.number}.json`,
      text: signed.snapshot,
      sha256: Buffer.from(signed.sha256).toString('hex'),
    };
  });
}

function readSigned(tx: Transaction, submissionId: string) {
  return tx
    .select({
      assessmentId: submissions.assessmentId,
      organisationId: submissions.organisationId,
      reference: assessments.reference,
      number: submissions.number,
      snapshot: submissions.snapshot,
      sha256: submissions.sha256,
    })
    .from(submissions)
    .innerJoin(assessments, eq(assessments.id, submissions.assessmentId))
    .where(eq(submissions.id, sql.placeholder('submissionId')))
    .prepare('submission-file')
    .execute({ submissionId });
}

/** How one of the supervisor's people stands to an assessment; only in a supervisor's transaction. */
function readStanding(tx: Transaction, assessmentId: string, userId: string) {
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
    .prepare('submission-file:standing')
    .execute({ assessmentId, userId });
}
