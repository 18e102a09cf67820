import 'server-only';
import { z } from 'zod';
import { onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { readRoom } from './evidence-room.ts';
import { authorizePlace } from './place-evidence.ts';
import { readUpload } from './upload-facts.ts';

export const openUploadInput = z.object({ assessmentId: z.uuid(), uploadId: z.uuid() });
export type OpenUploadInput = z.infer<typeof openUploadInput>;

/**
 * Lets one more part of a file come in, or its progress be asked. Asked for each request: who lost the right since it
 * began, or whose assessment was handed in, sends no further part.
 * @returns its size in bytes as it was declared
 */
export async function openUpload(ctx: Context, input: OpenUploadInput): Promise<{ sizeBytes: number }> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [room, upload] = await Promise.all([
      readRoom(tx, input.assessmentId, false),
      readUpload(tx, ctx.actor, { ...input, now: ctx.now }),
    ]);
    await authorizePlace(tx, ctx, room, upload);
    return { sizeBytes: upload.sizeBytes };
  });
}
