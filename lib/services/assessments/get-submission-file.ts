import 'server-only';
import { noAdministrator } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { readSigned } from './signed-submission.ts';

export type SubmissionFile = { fileName: string; text: string; sha256: string };

/**
 * The canonical JSON that was signed, byte for byte: its SHA-256 is the one on the receipt. For the insurer whose it is,
 * withdrawn ones included; for the supervisor while it stands.
 */
export async function getSubmissionFile(
  ctx: Context,
  { submissionId }: { submissionId: string },
): Promise<SubmissionFile> {
  noAdministrator(ctx.actor);
  const signed = await inTransaction(ctx, (tx) => readSigned(tx, ctx, submissionId));
  return { fileName: `${signed.reference}-${signed.number}.json`, text: signed.snapshot, sha256: signed.sha256 };
}
