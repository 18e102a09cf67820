import 'server-only';
import { z } from 'zod';
import { onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { readSectorReport, type SectorReport } from './read-sector-report.ts';

export const getSectorReportInput = z.object({
  roundId: z.uuid(),
  /** The release's number; the newest unless said. */
  release: z.coerce.number().int().min(1).optional().catch(undefined),
});
export type GetSectorReportInput = z.infer<typeof getSectorReportInput>;

/**
 * The supervisor's report on one release of a round: its figures, what was claimed against what was determined, and how the
 * sector stands on each criterion. Everything in it was kept when the release was made.
 * @throws not found for who may not see the round, and for a release that is not there
 */
export async function getSectorReport(ctx: Context, input: GetSectorReportInput): Promise<SectorReport> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, (tx) => readSectorReport(tx, ctx, input));
}
