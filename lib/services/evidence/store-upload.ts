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
  try {
    return (await findStored(ctx, input)) ?? (await store(ctx, input));
  } catch (error) {
    // Another request may have stored it while this one looked: then what it left behind is not there any more.
    const stored = await findStored(ctx, input).catch(() => null);
    if (stored) return stored;
    throw error;
  }
}

async function findStored(ctx: IncomingContext, input: StoreUploadInput): Promise<StoredEvidence | null> {
  const stored = await inTransaction(ctx, (tx) => readStored(tx, input.uploadId));
  // What became of it is told to who sent it, wherever the assessment stands by now.
  if (stored?.assessmentId !== input.assessmentId || stored.addedBy !== ctx.actor.userId) return null;
  await ctx.staging.remove(input.uploadId);
  return { evidenceId: input.uploadId, fileName: stored.fileName ?? '', scan: stored.scan };
}

async function store(ctx: IncomingContext, input: StoreUploadInput): Promise<StoredEvidence> {
  const { uploadId } = input;
  const upload = await inTransaction(ctx, async (tx) => {
    const room = await readRoom(tx, input.assessmentId, false);
    const found = await readUpload(tx, ctx.actor, { ...input, now: ctx.now });
    await authorizePlace(tx, ctx, room, found);
    return found;
  });
  const staged = await ctx.staging.find(uploadId);
  if (staged?.size !== upload.sizeBytes) throw invalid({ file: 'upload_incomplete' });
  try {
    const { id: evidenceId, sizeBytes: _size, expiresAt: _over, ...said } = upload;
    const stored = await keepEvidence(ctx, { ...said, evidenceId, aboutPeriod: input.aboutPeriod }, staged);
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
