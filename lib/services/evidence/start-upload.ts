import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { uploads } from '#db/schema/evidence.ts';
import { onlyInsurer } from '#services/authorize.ts';
import { inTransaction } from '#services/context.ts';
import { conflict } from '#services/errors.ts';
import { checkIncoming } from './check-incoming.ts';
import type { IncomingContext } from './evidence-context.ts';
import { readRoom } from './evidence-room.ts';
import { authorizePlace } from './place-evidence.ts';
import { storeEvidenceInput } from './store-evidence.ts';
import { readStored, repeatOf } from './stored-evidence.ts';
import { readUnderWay, uploadDays } from './upload-facts.ts';

/** As `storeEvidenceInput`, with the size that the client says the file has; `evidenceId` becomes the upload's key too. */
export const startUploadInput = storeEvidenceInput.omit({ aboutPeriod: true }).extend({
  sizeBytes: z.coerce.number().int().min(0),
});
export type StartUploadInput = z.infer<typeof startUploadInput>;

/**
 * Lets a file begin to come in, in parts. Room is taken for it at once, so that files that come in together do not
 * overfill the assessment together. A repeat of the same key begins anew. No audit event: nothing is evidence yet.
 * @throws invalid with `fields.file`: a code of `checkIncoming`; conflict when the key stands for another file
 */
export async function startUpload(ctx: IncomingContext, input: StartUploadInput): Promise<{ uploadId: string }> {
  onlyInsurer(ctx.actor);
  const uploadId = input.evidenceId;
  return inTransaction(ctx, async (tx) => {
    const room = await readRoom(tx, input.assessmentId);
    const [stored, [begun], underWay] = await Promise.all([
      readStored(tx, uploadId),
      tx.select().from(uploads).where(eq(uploads.id, uploadId)),
      readUnderWay(tx, { assessmentId: input.assessmentId, uploadId, now: ctx.now }),
    ]);
    await authorizePlace(tx, ctx, room, stored ? { ...input, replacesId: null } : input);
    if (stored) repeatOf(stored, input);
    const same =
      begun?.startedBy === ctx.actor.userId &&
      begun.assessmentId === input.assessmentId &&
      begun.sizeBytes === input.sizeBytes;
    if (begun && !same) throw conflict(null);
    if (stored || begun) return { uploadId };
    checkIncoming(ctx, room, { fileName: input.fileName, size: input.sizeBytes }, underWay);
    await tx.insert(uploads).values({
      id: uploadId,
      assessmentId: room.assessmentId,
      organisationId: room.organisationId,
      fileName: input.fileName,
      sizeBytes: input.sizeBytes,
      criterionKey: input.criterionKey || null,
      locator: input.locator,
      replacesId: input.replacesId || null,
      requestId: input.requestId || null,
      draftOutcomeId: input.draftOutcomeId || null,
      sectionKey: input.sectionKey || null,
      startedAt: ctx.now,
      startedBy: ctx.actor.userId,
      expiresAt: new Date(ctx.now.getTime() + uploadDays * 86_400_000),
    });
    return { uploadId };
  });
}
