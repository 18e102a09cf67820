import 'server-only';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { evidence } from '#db/schema/evidence.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { recordEvents } from '#services/audit.ts';
import { inSystemTransaction, type SystemContext } from '#services/context.ts';
import type { Scanner } from './scanner.ts';

export const scanEvidenceInput = z.object({ evidenceId: z.uuid() });
export type ScanEvidenceInput = z.infer<typeof scanEvidenceInput>;

type ScanContext = SystemContext & { storage: Storage; scanner: Scanner | null };

/**
 * Scans a file that waits, in the platform's own name. Clean: it can be opened from now on. Refused: its bytes go, its
 * row stays and says so, and blocks submitting; when a submission pins it already, the log says what was signed.
 * A file that waits no longer is left as it is, so a repeat is harmless. Pieces that share their bytes share the word.
 * @throws ScannerUnreachable, and Error without a scanner: the job is tried again later
 */
export async function scanEvidence(ctx: ScanContext, { evidenceId }: ScanEvidenceInput): Promise<void> {
  const { scanner } = ctx;
  if (!scanner) throw new Error('no malware scanner is configured');
  const storageKey = await inSystemTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ storageKey: evidence.storageKey, scan: evidence.scanResult })
      .from(evidence)
      .where(eq(evidence.id, evidenceId));
    return row?.scan === 'waiting' ? row.storageKey : null;
  });
  if (!storageKey) return;
  const word = await scanner.scan(await ctx.storage.read(storageKey));
  const changed = await inSystemTransaction(ctx, async (tx) => {
    const rows = await tx
      .update(evidence)
      .set({ scanResult: word, scannedBy: scanner.name, ...(word === 'refused' && { storageKey: null }) })
      .where(and(eq(evidence.storageKey, storageKey), eq(evidence.scanResult, 'waiting')))
      .returning({ id: evidence.id, assessmentId: evidence.assessmentId, organisationId: evidence.organisationId });
    if (rows.length === 0) return rows;
    await recordEvents(
      tx,
      rows.map(({ id, assessmentId, organisationId }) => ({
        at: ctx.now,
        actorId: null,
        action: 'evidence.scan',
        assessmentId,
        organisationId,
        detail: { evidenceId: id, scan: word, scannedBy: scanner.name },
      })),
    );
    return rows;
  });
  if (word === 'refused' && changed.length > 0) await ctx.storage.remove(storageKey);
}
