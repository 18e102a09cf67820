import 'server-only';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { locales } from '#lib/i18n/locale.ts';
import { ReportFailure } from '#lib/reports/compile-report.ts';
import { sectorReport } from '#lib/reports/sector-report.ts';
import { sectorSheets, sectorSheetsName } from '#lib/reports/sector-table.ts';
import { xlsxStream } from '#lib/reports/xlsx.ts';
import { onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { busy, notFound } from '#services/errors.ts';
import { readSectorReport } from './read-sector-report.ts';

/** What the report can be downloaded as; each is a file name below the release's address. */
export const sectorFiles = ['report.pdf', 'figures.xlsx'] as const;

export const getSectorFileInput = z.object({
  roundId: z.uuid(),
  release: z.coerce.number().int().min(1),
  file: z.enum(sectorFiles),
  locale: z.enum(locales),
});
export type GetSectorFileInput = z.infer<typeof getSectorFileInput>;
export type SectorFile = { fileName: string; type: string; body: Uint8Array | Readable };

/**
 * The report on one release of a round as an accessible PDF or as a workbook. Equal releases give equal bytes.
 * @throws not found as the page does; busy `report_missing`, `report_busy`, `report_failed` when the PDF cannot be made now
 */
export async function getSectorFile(ctx: Context, { locale, file, ...asked }: GetSectorFileInput): Promise<SectorFile> {
  onlyStaff(ctx.actor);
  const report = await inTransaction(ctx, (tx) => readSectorReport(tx, ctx, asked));
  const { shown } = report;
  if (!shown) throw notFound();
  const source = { ...report, shown, locale };
  if (file === 'figures.xlsx') {
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    return { fileName: sectorSheetsName(source), type, body: xlsxStream(sectorSheets(source), locale) };
  }
  try {
    const { fileName, pdf } = await sectorReport(source);
    return { fileName, type: 'application/pdf', body: pdf };
  } catch (error) {
    if (!(error instanceof ReportFailure)) throw error;
    // What went wrong is for the log; who asks is told what they can do.
    console.error(error.message);
    throw busy(`report_${error.why}`);
  }
}
