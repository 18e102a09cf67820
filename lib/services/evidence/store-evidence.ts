import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import type { ScanState } from '#domain/evidence-rules.ts';
import { type EvidenceType, evidenceTypeOf } from '#domain/evidence-types.ts';
import { recordEvent } from '#services/audit.ts';
import { onlyInsurer } from '#services/authorize.ts';
import { inTransaction } from '#services/context.ts';
import { conflict, invalid } from '#services/errors.ts';
import { builtInScanner, type Scanner } from './built-in-scanner.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { authorizeAt, authorizePiece, type EvidenceRoom, readRoom, requireRoom } from './evidence-room.ts';
import { inspectContent } from './inspect-content.ts';
import { readReplaced, retireRefused } from './replaced-piece.ts';

const line = (length: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(z.string().max(length))
    .default('');

/** Beside the bytes. `evidenceId` is made by the client: sending the same file twice stores it once. */
export const storeEvidenceInput = z.object({
  assessmentId: z.uuid(),
  /** Empty: it is put into the library, and supports nothing yet. */
  criterionKey: z.string().max(32).default(''),
  /** The piece of which this is the newer version. */
  replacesId: z.uuid().or(z.literal('')).nullish(),
  evidenceId: z.uuid(),
  fileName: z.string().transform(plainFileName).pipe(z.string().min(1).max(200)),
  aboutPeriod: line(200),
  locator: line(200),
});
export type StoreEvidenceInput = z.infer<typeof storeEvidenceInput> & { body: AsyncIterable<Uint8Array> };

/** `scan` is `refused` for a file in which the scanner found malware: its row stays until it is taken away, its bytes do not. */
export type StoredEvidence = { evidenceId: string; fileName: string; scan: ScanState };

type Received = { size: number; sha256: Buffer; head: Uint8Array; hasNul: boolean; scan: 'clean' | 'refused' };

/**
 * Stores a file as evidence for a criterion, or as the newer version of a piece: cheap checks, then the bytes (counted, hashed and scanned on their way),
 * then what is inside, then the row. Whenever it throws, no byte of the file is left.
 * @throws invalid with `fields.file`: type_not_allowed, empty, file_too_large, a `RoomFault`, replaced_already, or a `ContentFault`
 */
export async function storeEvidence(ctx: EvidenceContext, input: StoreEvidenceInput): Promise<StoredEvidence> {
  onlyInsurer(ctx.actor);
  const type = evidenceTypeOf(input.fileName);
  const { known, room } = await inTransaction(ctx, async (tx) => {
    const [before, existing] = await Promise.all([
      readRoom(tx, input.assessmentId, false),
      readStored(tx, input.evidenceId),
    ]);
    if (!existing) await authorizeStoring(tx, ctx, before, input);
    else await authorizePiece(tx, ctx.actor, 'evidence.store', before, { ...mine(ctx), criterionKeys: keysOf(input) });
    return { known: existing, room: before };
  });
  if (known) return repeated(known, input);
  if (!type) throw invalid({ file: 'type_not_allowed' });
  requireRoom(ctx.limits, room, 1);

  const storageKey = `${room.organisationId}/${room.assessmentId}/${randomUUID()}`;
  try {
    const received = await receive(ctx, storageKey, input.body, builtInScanner());
    await requireContent(ctx, storageKey, type, received);
    // Malware is not kept; that it was offered is, so that somebody looks at where it came from.
    if (received.scan === 'refused') await ctx.storage.remove(storageKey);
    const row = { ...received, type, storageKey: received.scan === 'refused' ? null : storageKey };
    const stored = await inTransaction(ctx, (tx) => write(tx, ctx, input, row));
    if (stored.repeated) await ctx.storage.remove(storageKey);
    return { evidenceId: stored.evidenceId, fileName: stored.fileName, scan: stored.scan };
  } catch (error) {
    await removeUnlessHeld(ctx, input.evidenceId, storageKey);
    throw error;
  }
}

/**
 * Takes the bytes away that no row holds. A connection may break when the row is committed already: then they stay, and
 * also when that cannot be asked, since bytes too many do less harm than evidence without its bytes.
 */
async function removeUnlessHeld(ctx: EvidenceContext, evidenceId: string, storageKey: string) {
  const held = await inTransaction(ctx, (tx) => readStored(tx, evidenceId)).catch(() => null);
  if (held === null || held?.storageKey === storageKey) return;
  await ctx.storage.remove(storageKey);
}

/** A file name as text only: no folder, no control or direction character, at most 200 characters with its extension. */
export function plainFileName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const plain = base
    .normalize('NFC')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim();
  const dot = plain.lastIndexOf('.');
  return plain.length <= 200 ? plain : `${plain.slice(0, 200 - (plain.length - dot))}${plain.slice(dot)}`.slice(0, 200);
}

/** Passes the bytes to storage. Throws as soon as there are too many, so that no more than the limit is ever written. */
async function receive(
  ctx: EvidenceContext,
  storageKey: string,
  body: AsyncIterable<Uint8Array>,
  scanner: Scanner,
): Promise<Received> {
  const hash = createHash('sha256');
  const heads: Uint8Array[] = [];
  let size = 0;
  let hasNul = false;
  await ctx.storage.write(storageKey, counted());
  if (size === 0) throw invalid({ file: 'empty' });
  return {
    size,
    sha256: hash.digest(),
    head: Buffer.concat(heads).subarray(0, 4_100),
    hasNul,
    scan: scanner.verdict(),
  };

  async function* counted() {
    for await (const part of body) {
      if (size < 4_100) heads.push(part.slice(0, 4_100));
      size += part.length;
      if (size > ctx.limits.file) throw invalid({ file: 'file_too_large' });
      hasNul ||= part.includes(0);
      hash.update(part);
      scanner.take(part);
      yield part;
    }
  }
}

async function requireContent(ctx: EvidenceContext, storageKey: string, { extension }: EvidenceType, file: Received) {
  // What the scanner refused is refused for that, whatever its content claims to be.
  if (file.scan === 'refused') return;
  const read = (start: number, end: number) => ctx.storage.readRange(storageKey, start, end);
  const fault = await inspectContent({ extension, size: file.size, head: file.head, hasNul: file.hasNul, read });
  if (fault) throw invalid({ file: fault });
}

/** Lets the actor store at the criterion, into the library, or in place of another piece, which is given back. */
async function authorizeStoring(tx: Transaction, ctx: EvidenceContext, room: EvidenceRoom, input: StoreEvidenceInput) {
  const { replacesId } = input;
  const replaced = replacesId ? await readReplaced(tx, input.assessmentId, replacesId) : null;
  if (replaced) await authorizePiece(tx, ctx.actor, 'evidence.store', room, replaced);
  if (input.criterionKey) await authorizeAt(tx, ctx.actor, 'evidence.store', room, [input.criterionKey]);
  else if (!replaced) await authorizePiece(tx, ctx.actor, 'evidence.store', room, { ...mine(ctx), criterionKeys: [] });
  return replaced;
}

const mine = ({ actor }: EvidenceContext) => ({ addedBy: actor.userId });
const keysOf = ({ criterionKey }: StoreEvidenceInput) => (criterionKey ? [criterionKey] : []);

type Row = Received & { type: EvidenceType; storageKey: string | null };

async function write(tx: Transaction, ctx: EvidenceContext, input: StoreEvidenceInput, row: Row) {
  const [room, existing] = await Promise.all([
    readRoom(tx, input.assessmentId),
    // Read after the lock: of two requests with one key the second finds what the first stored.
    readStored(tx, input.evidenceId),
  ]);
  if (existing) return { ...repeated(existing, input), repeated: true };
  const replaced = await authorizeStoring(tx, ctx, room, input);
  requireRoom(ctx.limits, room, row.size);
  const of = { assessmentId: room.assessmentId, organisationId: room.organisationId };
  await tx.insert(evidence).values({
    id: input.evidenceId,
    ...of,
    kind: 'file',
    title: replaced?.title ?? titleOf(input.fileName),
    aboutPeriod: input.aboutPeriod,
    fileName: input.fileName,
    mediaType: row.type.mediaType,
    sizeBytes: row.size,
    sha256: row.sha256,
    storageKey: row.storageKey,
    scanResult: row.scan,
    scannedBy: 'built-in',
    addedAt: ctx.now,
    addedBy: ctx.actor.userId,
    replacesId: input.replacesId || null,
  });
  if (replaced) await retireRefused(tx, ctx, replaced, input.evidenceId);
  await Promise.all([
    input.criterionKey &&
      tx.insert(evidenceLinks).values({
        // A piece and its first link are made together, and share their key.
        id: input.evidenceId,
        ...of,
        evidenceId: input.evidenceId,
        criterionKey: input.criterionKey,
        locator: input.locator,
        linkedAt: ctx.now,
        linkedBy: ctx.actor.userId,
      }),
    recordEvent(tx, {
      at: ctx.now,
      actorId: ctx.actor.userId,
      action: 'evidence.store',
      ...of,
      detail: {
        evidenceId: input.evidenceId,
        criterionKey: input.criterionKey || null,
        replacesId: input.replacesId || null,
        sha256: row.sha256.toString('hex'),
        sizeBytes: row.size,
        scan: row.scan,
        scannedBy: 'built-in',
      },
    }),
  ]);
  return { evidenceId: input.evidenceId, fileName: input.fileName, scan: row.scan, repeated: false };
}

type Known = { assessmentId: string; fileName: string | null; scan: ScanState; storageKey: string | null };

async function readStored(tx: Transaction, evidenceId: string): Promise<Known | undefined> {
  const [row] = await tx
    .select({
      assessmentId: evidence.assessmentId,
      fileName: evidence.fileName,
      scan: evidence.scanResult,
      storageKey: evidence.storageKey,
    })
    .from(evidence)
    .where(eq(evidence.id, sql.placeholder('evidenceId')))
    .prepare('store-evidence:stored')
    .execute({ evidenceId });
  return row;
}

function repeated(known: Known, input: StoreEvidenceInput): StoredEvidence {
  if (known.assessmentId !== input.assessmentId || known.fileName !== input.fileName) throw conflict(null);
  return { evidenceId: input.evidenceId, fileName: input.fileName, scan: known.scan };
}

/** What a list calls the piece until somebody names it better: the file's name without its extension. */
function titleOf(fileName: string): string {
  return (
    fileName
      .replace(/\.[^.]+$/, '')
      .replaceAll('_', ' ')
      .trim() || fileName
  );
}
