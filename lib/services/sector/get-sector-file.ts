import 'server-only';
import { z } from 'zod';
import { locales } from '#lib/i18n/locale.ts';
import { ReportFailure } from '#lib/reports/compile-report.ts';
import { type SectorFile, sectorReport } from '#lib/reports/sector-report.ts';
import { onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { busy, notFound } from '#services/errors.ts';
import { readSectorReport } from './read-sector-report.ts';

export const getSectorFileInput = z.object({
  roundId: z.uuid(),
  release: z.coerce.number().int().min(1),
  locale: z.enum(locales),
});
export type GetSectorFileInput = z.infer<typeof getSectorFileInput>;

/**
 * The report on one release of a round as an accessible PDF. Equal releases give equal bytes.
 * @throws not found as the page does; busy `report_missing`, `report_busy`, `report_failed` when it cannot be made now
 */
export async function getSectorFile(ctx: Context, { locale, ...asked }: GetSectorFileInput): Promise<SectorFile> {
  onlyStaff(ctx.actor);
  const report = await inTransaction(ctx, (tx) => readSectorReport(tx, ctx, asked));
  const { shown } = report;
  if (!shown) throw notFound();
  try {
    return await sectorReport({ ...report, shown, locale });
  } catch (error) {
    if (!(error instanceof ReportFailure)) throw error;
    // What went wrong is for the log; who asks is told what they can do.
    console.error(error.message);
    throw busy(`report_${error.why}`);
  }
}
