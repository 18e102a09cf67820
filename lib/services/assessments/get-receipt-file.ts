import 'server-only';
import { scoreAssessment } from '#domain/scoring.ts';
import type { SubmissionSnapshot } from '#domain/snapshot.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { ReportFailure } from '#lib/reports/compile-report.ts';
import { type ReceiptFile, receiptReport } from '#lib/reports/receipt-report.ts';
import { noAdministrator } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { busy } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { signedLayers } from './signed-layers.ts';
import { readSigned } from './signed-submission.ts';

export type GetReceiptFileInput = { submissionId: string; locale: Locale };

/**
 * The receipt of a submission as an accessible PDF, for whoever may read the submission. It is made after the transaction
 * ended: no connection waits for it.
 * @throws not found; busy `report_missing`, `report_busy` or `report_failed` when it cannot be made here or now
 */
export async function getReceiptFile(ctx: Context, input: GetReceiptFileInput): Promise<ReceiptFile> {
  noAdministrator(ctx.actor);
  const { signed, framework } = await inTransaction(ctx, async (tx) => {
    const row = await readSigned(tx, ctx, input.submissionId);
    return { signed: row, framework: await compiledFramework(tx, row.framework) };
  });
  const snapshot = JSON.parse(signed.snapshot) as SubmissionSnapshot;
  try {
    return await receiptReport({
      snapshot,
      sha256: signed.sha256,
      withdrawnAt: signed.withdrawnAt,
      framework,
      score: scoreAssessment(framework, signedLayers(snapshot)),
      locale: input.locale,
    });
  } catch (error) {
    if (!(error instanceof ReportFailure)) throw error;
    // What went wrong is for the log; who asks is told what they can do.
    console.error(error.message);
    throw busy(`report_${error.why}`);
  }
}
