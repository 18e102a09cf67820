import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { evidence, submissionEvidence } from '#db/schema/evidence.ts';
import { conflictsOfInterest } from '#db/schema/reviews.ts';
import { roundReviewers } from '#db/schema/rounds.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, noAdministrator } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound, precondition } from '#services/errors.ts';
import { wasSent } from './enclosing.ts';
import type { EvidenceContext } from './evidence-context.ts';

export const openEvidenceInput = z.object({ evidenceId: z.uuid() });
export type OpenEvidenceInput = z.infer<typeof openEvidenceInput>;

export type OpenedEvidence = {
  fileName: string;
  mediaType: string;
  sizeBytes: number;
  body: ReadableStream<Uint8Array>;
};

/**
 * Opens the bytes of a file: to the insurer whose it is, and to the supervisor when a submission that stands pins it, or it was
 * sent with a supplement or in a hearing
 * (row security shows it no other).
 * @throws precondition when its scan is not over (`file_awaits_scan`) or refused it (`file_refused`): nobody may open it
 */
export async function openEvidence(ctx: EvidenceContext, input: OpenEvidenceInput): Promise<OpenedEvidence> {
  noAdministrator(ctx.actor);
  const file = await inTransaction(ctx, async (tx) => {
    const insurer = ctx.actor.organisationKind === 'insurer';
    const piece = insurer ? await readOwn(tx, input) : await readPinned(tx, ctx, input);
    if (!piece) throw notFound();
    authorize(ctx.actor, 'evidence.open', piece.policy);
    if (piece.kind !== 'file' || (piece.removedAt && !piece.pinned)) throw notFound();
    if (piece.scan === 'waiting') throw precondition(['file_awaits_scan']);
    if (piece.scan === 'refused' || !piece.storageKey) throw precondition(['file_refused']);
    await recordEvent(tx, {
      at: ctx.now,
      actorId: ctx.actor.userId,
      action: 'evidence.open',
      assessmentId: piece.assessmentId,
      organisationId: piece.policy.organisationId,
      detail: { evidenceId: input.evidenceId },
    });
    return { ...piece, storageKey: piece.storageKey };
  });
  return {
    fileName: file.fileName ?? 'bestand',
    mediaType: file.mediaType ?? 'application/octet-stream',
    sizeBytes: file.sizeBytes ?? 0,
    body: await ctx.storage.read(file.storageKey),
  };
}

const columns = {
  assessmentId: evidence.assessmentId,
  organisationId: evidence.organisationId,
  kind: evidence.kind,
  fileName: evidence.fileName,
  mediaType: evidence.mediaType,
  sizeBytes: evidence.sizeBytes,
  storageKey: evidence.storageKey,
  scan: evidence.scanResult,
  removedAt: evidence.removedAt,
};

async function readOwn(tx: Transaction, { evidenceId }: OpenEvidenceInput) {
  const [row] = await tx
    .select({
      ...columns,
      pinned: sql<boolean>`(exists (select from ${submissionEvidence}
        where "submission_evidence"."evidence_id" = "evidence"."id") or ${wasSent('"evidence"')})`,
    })
    .from(evidence)
    .where(eq(evidence.id, sql.placeholder('evidenceId')))
    .prepare('open-evidence:own')
    .execute({ evidenceId });
  return row && { ...row, policy: { organisationId: row.organisationId } };
}

async function readPinned(tx: Transaction, ctx: Context, { evidenceId }: OpenEvidenceInput) {
  const [row] = await tx
    .select({
      ...columns,
      inActorsRounds: sql<boolean>`exists (select from ${roundReviewers}
        where ${roundReviewers.roundId} = ${assessments.roundId}
        and ${roundReviewers.userId} = ${sql.placeholder('userId')} and ${roundReviewers.endedAt} is null)`,
      conflictOfInterest: sql<boolean>`exists (select from ${conflictsOfInterest}
        where ${conflictsOfInterest.organisationId} = ${evidence.organisationId}
        and ${conflictsOfInterest.userId} = ${sql.placeholder('userId')})`,
    })
    .from(evidence)
    .innerJoin(assessments, eq(assessments.id, evidence.assessmentId))
    .where(eq(evidence.id, sql.placeholder('evidenceId')))
    .prepare('open-evidence:pinned')
    .execute({ evidenceId, userId: ctx.actor.userId });
  return (
    row && {
      ...row,
      pinned: true,
      policy: {
        organisationId: row.organisationId,
        everSubmitted: true,
        inActorsRounds: row.inActorsRounds,
        conflictOfInterest: row.conflictOfInterest,
      },
    }
  );
}
