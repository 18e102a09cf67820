import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { evidence, evidenceLinks, uploads } from '#db/schema/evidence.ts';
import type { ScanState } from '#domain/evidence-rules.ts';
import { type EvidenceType, evidenceTypeOf } from '#domain/evidence-types.ts';
import type { StagedFile } from '#lib/storage/staging.ts';
import { recordEvent } from '#services/audit.ts';
import { inTransaction } from '#services/context.ts';
import { invalid } from '#services/errors.ts';
import { checkIncoming } from './check-incoming.ts';
import { enclosingDetail, enclosingOf, writeEnclosure } from './enclosing.ts';
import type { IncomingContext } from './evidence-context.ts';
import { readRoom } from './evidence-room.ts';
import { inspectContent } from './inspect-content.ts';
import { authorizePlace, type Place } from './place-evidence.ts';
import { retireRefused } from './replaced-piece.ts';
import { ScannerUnreachable } from './scanner.ts';
import { readStored, repeatOf, type StoredEvidence } from './stored-evidence.ts';

/** What is said of a file that comes in, beside its bytes. */
export type Incoming = Place & { evidenceId: string; fileName: string; aboutPeriod: string };

/** `scannedBy` is null for a file that still waits for its scan, `storageKey` for one that the scanner refused. */
type Received = {
  type: EvidenceType;
  size: number;
  sha256: Buffer;
  scan: ScanState;
  scannedBy: string | null;
  storageKey: string | null;
};

/**
 * The one way in which a file that lies in staging becomes evidence: what it is, what is inside, the scanner's word, its
 * bytes to storage; then its row, its link and the audit event, in one transaction with the job that scans it later when
 * the scanner gave no word. Whenever it throws, storage holds no byte of it; staging is the caller's to clear.
 * @throws invalid with `fields.file`: a code of `checkIncoming` or a `ContentFault`
 */
export async function keepEvidence(
  ctx: IncomingContext,
  incoming: Incoming,
  staged: StagedFile,
): Promise<StoredEvidence> {
  const received = await receive(ctx, incoming.fileName, staged);
  const room = { assessmentId: incoming.assessmentId, organisationId: ctx.actor.organisationId };
  const storageKey = `${room.organisationId}/${room.assessmentId}/${randomUUID()}`;
  try {
    // Malware is not kept; that it was offered is, so that somebody looks at where it came from.
    const kept = received.scan !== 'refused';
    if (kept) await ctx.storage.write(storageKey, staged.parts());
    const row = { ...received, storageKey: kept ? storageKey : null };
    const stored = await inTransaction(ctx, (tx) => write(tx, ctx, incoming, row));
    if (stored.repeated) await ctx.storage.remove(storageKey);
    return { evidenceId: stored.evidenceId, fileName: stored.fileName, scan: stored.scan };
  } catch (error) {
    await removeUnlessHeld(ctx, incoming.evidenceId, storageKey);
    throw error;
  }
}

async function receive(ctx: IncomingContext, fileName: string, staged: StagedFile) {
  const type = evidenceTypeOf(fileName);
  if (!type) throw invalid({ file: 'type_not_allowed' });
  if (staged.size === 0) throw invalid({ file: 'empty' });
  if (staged.size > ctx.limits.file) throw invalid({ file: 'file_too_large' });
  const hash = createHash('sha256');
  let hasNul = false;
  for await (const part of staged.parts()) {
    hash.update(part);
    hasNul ||= part.includes(0);
  }
  const fault = await inspectContent({
    extension: type.extension,
    size: staged.size,
    hasNul,
    read: staged.readRange,
  });
  if (fault) throw invalid({ file: fault });
  return { type, size: staged.size, sha256: hash.digest(), ...(await scan(ctx, staged)) };
}

/** A scanner that gives no word holds nobody up: the file waits, and nobody opens it before. */
async function scan({ scanner }: IncomingContext, staged: StagedFile) {
  if (!scanner) throw invalid({ file: 'no_scanner' });
  try {
    return { scan: await scanner.scan(staged.parts()), scannedBy: scanner.name };
  } catch (error) {
    if (!(error instanceof ScannerUnreachable)) throw error;
    console.error(error.message);
    return { scan: 'waiting' as const, scannedBy: null };
  }
}

async function write(tx: Transaction, ctx: IncomingContext, incoming: Incoming, row: Received) {
  const [room, existing] = await Promise.all([
    readRoom(tx, incoming.assessmentId),
    // Read after the lock: of two requests with one key the second finds what the first stored.
    readStored(tx, incoming.evidenceId),
  ]);
  if (existing) return { ...repeatOf(existing, incoming), repeated: true };
  const replaced = await authorizePlace(tx, ctx, room, incoming);
  checkIncoming(ctx, room, { fileName: incoming.fileName, size: row.size });
  const of = { assessmentId: room.assessmentId, organisationId: room.organisationId };
  const enclosing = enclosingOf(incoming);
  // What was refused replaces nothing: the older version stays the last one.
  const replacesId = (row.scan !== 'refused' && incoming.replacesId) || null;
  await tx.insert(evidence).values({
    id: incoming.evidenceId,
    ...of,
    kind: 'file',
    title: replaced?.title ?? titleOf(incoming.fileName),
    aboutPeriod: incoming.aboutPeriod,
    fileName: incoming.fileName,
    mediaType: row.type.mediaType,
    sizeBytes: row.size,
    sha256: row.sha256,
    storageKey: row.storageKey,
    scanResult: row.scan,
    scannedBy: row.scannedBy,
    replacesId,
    addedAt: ctx.now,
    addedBy: ctx.actor.userId,
  });
  if (replaced && replacesId) await retireRefused(tx, ctx, replaced, incoming.evidenceId);
  await Promise.all([
    incoming.criterionKey !== '' &&
      tx.insert(evidenceLinks).values({
        // A piece and its first link are made together, and share their key.
        id: incoming.evidenceId,
        ...of,
        evidenceId: incoming.evidenceId,
        criterionKey: incoming.criterionKey,
        locator: incoming.locator,
        linkedAt: ctx.now,
        linkedBy: ctx.actor.userId,
      }),
    enclosing &&
      writeEnclosure(tx, enclosing, {
        evidenceId: incoming.evidenceId,
        organisationId: room.organisationId,
        locator: incoming.locator,
        own: true,
      }),
    tx.delete(uploads).where(and(eq(uploads.id, incoming.evidenceId), eq(uploads.assessmentId, room.assessmentId))),
    row.scan === 'waiting' && tx.execute(sql`select ask_for_scan(${incoming.evidenceId}::uuid)`),
    recordEvent(tx, {
      at: ctx.now,
      actorId: ctx.actor.userId,
      action: 'evidence.store',
      ...of,
      detail: {
        evidenceId: incoming.evidenceId,
        criterionKey: incoming.criterionKey || null,
        ...enclosingDetail(enclosing),
        replacesId,
        sha256: row.sha256.toString('hex'),
        sizeBytes: row.size,
        scan: row.scan,
        scannedBy: row.scannedBy,
      },
    }),
  ]);
  return { evidenceId: incoming.evidenceId, fileName: incoming.fileName, scan: row.scan, repeated: false };
}

/**
 * Takes the bytes away that no row holds. A connection may break when the row is committed already: then they stay, and
 * also when that cannot be asked, since bytes too many do less harm than evidence without its bytes.
 */
async function removeUnlessHeld(ctx: IncomingContext, evidenceId: string, storageKey: string) {
  const held = await inTransaction(ctx, (tx) => readStored(tx, evidenceId)).catch(() => null);
  if (held === null || held?.storageKey === storageKey) return;
  await ctx.storage.remove(storageKey);
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
