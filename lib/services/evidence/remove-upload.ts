import 'server-only';
import { and, eq } from 'drizzle-orm';
import { uploads } from '#db/schema/evidence.ts';
import { onlyInsurer } from '#services/authorize.ts';
import { inTransaction } from '#services/context.ts';
import type { IncomingContext } from './evidence-context.ts';
import { readRoom } from './evidence-room.ts';
import type { OpenUploadInput } from './open-upload.ts';
import { authorizePlace } from './place-evidence.ts';
import { readUpload } from './upload-facts.ts';

/** Ends an upload that is not wanted any more, and gives back the room that it took. No audit event: it was no evidence. */
export async function removeUpload(
  ctx: Pick<IncomingContext, 'actor' | 'db' | 'now' | 'staging'>,
  input: OpenUploadInput,
): Promise<{ uploadId: string }> {
  onlyInsurer(ctx.actor);
  await inTransaction(ctx, async (tx) => {
    const [room, upload] = await Promise.all([
      readRoom(tx, input.assessmentId, false),
      readUpload(tx, ctx.actor, { ...input, now: ctx.now }),
    ]);
    await authorizePlace(tx, ctx, room, upload);
    await tx.delete(uploads).where(and(eq(uploads.id, upload.id), eq(uploads.assessmentId, room.assessmentId)));
  });
  await ctx.staging.remove(input.uploadId);
  return { uploadId: input.uploadId };
}
