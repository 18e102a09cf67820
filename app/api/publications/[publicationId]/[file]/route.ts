import { Readable } from 'node:stream';
import { getTranslations } from 'next-intl/server';
import { outcomeDocument } from '#components/dashboard/outcome-document.ts';
import type { OutcomeDocument } from '#domain/outcome-document.ts';
import { pageSession } from '#lib/auth/current-session.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import { ReportFailure } from '#lib/reports/compile-report.ts';
import { csvStream } from '#lib/reports/csv.ts';
import { outcomeFileName, outcomeReport } from '#lib/reports/outcome-report.ts';
import { outcomeRows, outcomeSheets } from '#lib/reports/outcome-table.ts';
import { xlsxStream } from '#lib/reports/xlsx.ts';
import { recordRefusal } from '#services/audit.ts';
import { Refusal } from '#services/errors.ts';
import { downloadOutcome, downloadOutcomeInput, type OutcomeFile } from '#services/publications/download-outcome.ts';

type OutcomeRoute = { params: Promise<{ publicationId: string; file: string }> };
type Made = { type: string; fileName: string; body: BodyInit };

/** Sends an outcome as one of its files, or says in a sentence why there is no PDF now and what to do instead. */
export async function GET(_request: Request, { params }: OutcomeRoute): Promise<Response> {
  const [input, { ctx }, locale] = await Promise.all([
    params.then((given) => downloadOutcomeInput.safeParse(given)),
    pageSession(),
    readLocale(),
  ]);
  if (!input.success) return new Response(null, { status: 404 });
  try {
    const { text, ...source } = await downloadOutcome(ctx, input.data);
    const { type, fileName, body } = await make(input.data.file, outcomeDocument(source, locale), text);
    return new Response(body, {
      headers: { 'content-type': type, 'content-disposition': `attachment; filename="${fileName}"` },
    });
  } catch (error) {
    if (error instanceof ReportFailure) return unavailable(error);
    if (!(error instanceof Refusal)) throw error;
    await recordRefusal(ctx, 'outcome.download', error, input.data);
    return new Response(null, { status: 404 });
  }
}

async function make(file: OutcomeFile, document: OutcomeDocument, text: string): Promise<Made> {
  const name = (key: Parameters<typeof outcomeFileName>[1]) => outcomeFileName(document, key);
  switch (file) {
    case 'answers.xlsx': {
      const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
      return { type, fileName: name('fileSheet'), body: web(xlsxStream(outcomeSheets(document), document.locale)) };
    }
    case 'answers.csv': {
      const rows = csvStream(outcomeRows(document), document.locale === 'nl' ? ',' : '.');
      return { type: 'text/csv; charset=utf-8', fileName: name('fileTable'), body: web(rows) };
    }
    case 'publication.json':
      return { type: 'application/json; charset=utf-8', fileName: name('fileData'), body: text };
    default: {
      const report = file === 'board.pdf' ? 'board' : file === 'own.pdf' ? 'own' : 'complete';
      const { fileName, pdf } = await outcomeReport(document, report);
      return { type: 'application/pdf', fileName, body: pdf as Uint8Array<ArrayBuffer> };
    }
  }
}

const web = (stream: Readable) => Readable.toWeb(stream) as ReadableStream<Uint8Array>;

async function unavailable(failure: ReportFailure): Promise<Response> {
  // What went wrong is for the log; who asks is told what they can do.
  console.error(failure.message);
  const words = await getTranslations('downloads.unavailable');
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '60' };
  return new Response(words(failure.why), { status: 503, headers });
}
