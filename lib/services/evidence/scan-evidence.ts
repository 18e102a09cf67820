import 'server-only';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { evidence } from '#db/schema/evidence.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { recordEvents } from '#services/audit.ts';
import { inSystemTransaction, type SystemContext } from '#services/context.ts';
import { askAboutRefused } from '#services/requests/ask-about-refused.ts';
import type { Scanner } from './scanner.ts';

export const scanEvidenceInput = z.object({ evidenceId: z.uuid() });
export type ScanEvidenceInput = z.infer<typeof scanEvidenceInput>;

type ScanContext = SystemContext & { storage: Storage; scanner: Scanner | null };

/**
 * Scans a file that waits, in the platform's own name. Clean: it can be opened from now on. Refused: its bytes go, its
 * row stays and says so, and blocks submitting; when it was signed or sent already, its hash stays, and the insurer is
 * asked about it: now when the case is in review, else when it comes there.
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
    if (word === 'refused') await askNow(tx, ctx, rows);
    return rows;
  });
  if (word === 'refused' && changed.length > 0) await ctx.storage.remove(storageKey);
}

async function askNow(tx: Transaction, ctx: ScanContext, rows: readonly { assessmentId: string }[]) {
  for (const assessmentId of new Set(rows.map((row) => row.assessmentId).toSorted())) {
    const assessment = await lockState(tx, assessmentId);
    if (assessment?.state === 'in_review') await askAboutRefused(tx, ctx.now, assessment);
  }
}

/** As `lockAssessment`, of the columns that the platform has any business with. */
async function lockState(tx: Transaction, assessmentId: string) {
  const { id, organisationId, state } = assessments;
  const rows = await tx
    .select({ id, organisationId, state })
    .from(assessments)
    .where(eq(id, assessmentId))
    .for('no key update');
  return rows[0];
}
