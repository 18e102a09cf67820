import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { onlyInsurer } from '#services/authorize.ts';
import { inTransaction } from '#services/context.ts';
import { invalid } from '#services/errors.ts';
import { checkIncoming } from './check-incoming.ts';
import { enclosingFields } from './enclosing.ts';
import type { IncomingContext } from './evidence-context.ts';
import { readRoom } from './evidence-room.ts';
import { keepEvidence } from './keep-evidence.ts';
import { authorizePlace } from './place-evidence.ts';
import { plainFileName } from './plain-file-name.ts';
import { readStored, repeatOf, type StoredEvidence } from './stored-evidence.ts';

const line = (length: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(z.string().max(length))
    .default('');

/** What is said of a file beside its bytes. `evidenceId` is made by the client: sending the same file twice stores it once. */
export const storeEvidenceInput = z.object({
  assessmentId: z.uuid(),
  /** Empty: it is put into the library, and supports nothing yet. */
  criterionKey: z.string().max(32).default(''),
  evidenceId: z.uuid(),
  fileName: z.string().transform(plainFileName).pipe(z.string().min(1).max(200)),
  aboutPeriod: line(200),
  locator: line(200),
  /** The piece of which this is the newer version. */
  replacesId: z.uuid().or(z.literal('')).nullish(),
  ...enclosingFields,
});
export type StoreEvidenceInput = z.infer<typeof storeEvidenceInput> & { body: AsyncIterable<Uint8Array> };

/**
 * Stores a file that comes in one request: cheap checks, then its bytes to staging, counted; from there it becomes
 * evidence as every file does. Whenever it throws, no byte of the file is left.
 * @throws invalid with `fields.file`: a code of `checkIncoming` or `keepEvidence`
 */
export async function storeEvidence(
  ctx: IncomingContext,
  { body, ...input }: StoreEvidenceInput,
): Promise<StoredEvidence> {
  onlyInsurer(ctx.actor);
  const known = await inTransaction(ctx, async (tx) => {
    const [room, existing] = await Promise.all([
      readRoom(tx, input.assessmentId, false),
      readStored(tx, input.evidenceId),
    ]);
    // What stands already has its newer version in itself: asking again for that would find it replaced.
    await authorizePlace(tx, ctx, room, existing ? { ...input, replacesId: null } : input);
    if (!existing) checkIncoming(ctx, room, { fileName: input.fileName, size: 1 });
    return existing;
  });
  if (known) return repeatOf(known, input);
  const name = randomUUID();
  try {
    await ctx.staging.receive(name, counted(body, ctx.limits.file));
    const staged = await ctx.staging.find(name);
    if (!staged) throw new Error('what came in is not in staging');
    return await keepEvidence(ctx, input, staged);
  } finally {
    await ctx.staging.remove(name);
  }
}

/** Throws as soon as there are too many bytes, so that no more than the limit is ever written. */
async function* counted(body: AsyncIterable<Uint8Array>, limit: number) {
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > limit) throw invalid({ file: 'file_too_large' });
    yield part;
  }
}
