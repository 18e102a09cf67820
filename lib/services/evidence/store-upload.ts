import 'server-only';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { uploads } from '#db/schema/evidence.ts';
import { onlyInsurer } from '#services/authorize.ts';
import { inTransaction } from '#services/context.ts';
import { invalid, Refusal } from '#services/errors.ts';
import type { IncomingContext } from './evidence-context.ts';
import { readRoom } from './evidence-room.ts';
import { keepEvidence } from './keep-evidence.ts';
import { openUploadInput } from './open-upload.ts';
import { authorizePlace } from './place-evidence.ts';
import { storeEvidenceInput } from './store-evidence.ts';
import { readStored, type StoredEvidence } from './stored-evidence.ts';
import { readUpload } from './upload-facts.ts';

/** What else is said of the file now that it is here. */
export const storeUploadInput = openUploadInput.extend({ aboutPeriod: storeEvidenceInput.shape.aboutPeriod });
export type StoreUploadInput = z.infer<typeof storeUploadInput>;

/**
 * Makes evidence of a file that came in by parts, once all of them are there. A repeat gives the same answer: also when
 * the process ended after the row was written, and staging was not cleared. A file that is refused is gone.
 * @throws invalid with `fields.file`: `upload_incomplete` when parts are missing, or a code of `keepEvidence`
 */
export async function storeUpload(ctx: IncomingContext, input: StoreUploadInput): Promise<StoredEvidence> {
  onlyInsurer(ctx.actor);
  const { uploadId } = input;
  const before = await inTransaction(ctx, async (tx) => {
    const [room, stored] = await Promise.all([readRoom(tx, input.assessmentId, false), readStored(tx, uploadId)]);
    if (stored && stored.assessmentId === input.assessmentId) {
      await authorizePlace(tx, ctx.actor, room, { ...input, criterionKey: '', locator: '', replacesId: null });
      return { stored };
    }
    const upload = await readUpload(tx, ctx.actor, { ...input, now: ctx.now });
    await authorizePlace(tx, ctx.actor, room, upload);
    return { upload };
  });
  if (before.stored) {
    await ctx.staging.remove(uploadId);
    return { evidenceId: uploadId, fileName: before.stored.fileName ?? '', scan: before.stored.scan };
  }
  const staged = await ctx.staging.find(uploadId);
  if (staged?.size !== before.upload.sizeBytes) throw invalid({ file: 'upload_incomplete' });
  try {
    const { fileName, criterionKey, locator, replacesId, assessmentId } = before.upload;
    const place = { assessmentId, criterionKey, locator, replacesId };
    const kept = { ...place, evidenceId: uploadId, fileName, aboutPeriod: input.aboutPeriod };
    const stored = await keepEvidence(ctx, kept, staged);
    await ctx.staging.remove(uploadId);
    return stored;
  } catch (error) {
    // What is wrong with the file stays wrong; what went wrong with us may be tried again.
    if (error instanceof Refusal && error.code === 'invalid') await giveUp(ctx, uploadId);
    throw error;
  }
}

async function giveUp(ctx: IncomingContext, uploadId: string) {
  await inTransaction(ctx, (tx) => tx.delete(uploads).where(eq(uploads.id, uploadId)));
  await ctx.staging.remove(uploadId);
}
