import { Readable } from 'node:stream';
import { outcomeDocument } from '#components/dashboard/outcome-document.ts';
import { reportFiles, reportLanguages, reportName } from '#domain/dossier.ts';
import type { OutcomeDocument } from '#domain/outcome-document.ts';
import { csvStream } from '#lib/reports/csv.ts';
import type { DossierPart } from '#lib/reports/dossier-zip.ts';
import { outcomeFileName, outcomeReport } from '#lib/reports/outcome-report.ts';
import { outcomeRows, outcomeSheets } from '#lib/reports/outcome-table.ts';
import { xlsxStream } from '#lib/reports/xlsx.ts';
import type { OutcomeFile } from '#services/publications/download-outcome.ts';
import type { Dashboard } from '#services/publications/get-dashboard.ts';

type Made = { type: string; fileName: string; body: Readable };

/**
 * One file of an outcome, in the language of its document.
 * @param text the publication as it was published
 * @throws ReportFailure
 */
export async function outcomeFile(file: OutcomeFile, document: OutcomeDocument, text: string): Promise<Made> {
  const name = (key: Parameters<typeof outcomeFileName>[1]) => outcomeFileName(document, key);
  switch (file) {
    case 'answers.xlsx': {
      const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
      return { type, fileName: name('fileSheet'), body: xlsxStream(outcomeSheets(document), document.locale) };
    }
    case 'answers.csv': {
      const body = csvStream(outcomeRows(document), document.locale === 'nl' ? ',' : '.');
      return { type: 'text/csv; charset=utf-8', fileName: name('fileTable'), body };
    }
    case 'publication.json':
      return { type: 'application/json; charset=utf-8', fileName: name('fileData'), body: whole(text) };
    default: {
      const report = file === 'board.pdf' ? 'board' : file === 'own.pdf' ? 'own' : 'complete';
      const { fileName, pdf } = await outcomeReport(document, report);
      return { type: 'application/pdf', fileName, body: whole(pdf) };
    }
  }
}

/** The files of an outcome as a dossier holds them: the bytes of the downloads, each made when its turn comes. */
export const outcomeParts = (dashboard: Dashboard): DossierPart[] =>
  reportLanguages.flatMap((locale) =>
    reportFiles.map((file) => ({
      name: reportName(dashboard.content.edition, locale, file),
      open: async () => (await outcomeFile(file, outcomeDocument({ dashboard }, locale), '')).body,
    })),
  );

const whole = (content: string | Uint8Array) => Readable.from([Buffer.from(content)]);
