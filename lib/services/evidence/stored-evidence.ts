import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { evidence } from '#db/schema/evidence.ts';
import type { ScanState } from '#domain/evidence-rules.ts';
import { conflict } from '#services/errors.ts';

/** `scan` is `refused` for a file in which the scanner found malware: its row stays until it is taken away, its bytes do not. */
export type StoredEvidence = { evidenceId: string; fileName: string; scan: ScanState };

export type Known = {
  assessmentId: string;
  fileName: string | null;
  scan: ScanState;
  storageKey: string | null;
  addedBy: string;
};

/** What stands under a key already, when something does. */
export async function readStored(tx: Transaction, evidenceId: string): Promise<Known | undefined> {
  const [row] = await tx
    .select({
      assessmentId: evidence.assessmentId,
      fileName: evidence.fileName,
      scan: evidence.scanResult,
      storageKey: evidence.storageKey,
      addedBy: evidence.addedBy,
    })
    .from(evidence)
    .where(eq(evidence.id, sql.placeholder('evidenceId')))
    .prepare('store-evidence:stored')
    .execute({ evidenceId });
  return row;
}

/** The answer to a file that was sent before. @throws conflict when another file stands under its key */
export function repeatOf(
  known: Known,
  { assessmentId, evidenceId, fileName }: { assessmentId: string; evidenceId: string; fileName: string },
): StoredEvidence {
  if (known.assessmentId !== assessmentId || known.fileName !== fileName) throw conflict(null);
  return { evidenceId, fileName, scan: known.scan };
}
