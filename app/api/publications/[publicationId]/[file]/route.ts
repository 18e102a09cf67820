import { Readable } from 'node:stream';
import { getTranslations } from 'next-intl/server';
import { outcomeDocument } from '#components/dashboard/outcome-document.ts';
import { pageSession } from '#lib/auth/current-session.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import { ReportFailure } from '#lib/reports/compile-report.ts';
import { recordRefusal } from '#services/audit.ts';
import { Refusal } from '#services/errors.ts';
import { downloadOutcome, downloadOutcomeInput } from '#services/publications/download-outcome.ts';
import { outcomeFile } from '../../outcome-file.ts';

type OutcomeRoute = { params: Promise<{ publicationId: string; file: string }> };

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
    const { type, fileName, body } = await outcomeFile(input.data.file, outcomeDocument(source, locale), text);
    return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, {
      headers: { 'content-type': type, 'content-disposition': `attachment; filename="${fileName}"` },
    });
  } catch (error) {
    if (error instanceof ReportFailure) return unavailable(error);
    if (!(error instanceof Refusal)) throw error;
    await recordRefusal(ctx, 'outcome.download', error, input.data);
    return new Response(null, { status: 404 });
  }
}

async function unavailable(failure: ReportFailure): Promise<Response> {
  // What went wrong is for the log; who asks is told what they can do.
  console.error(failure.message);
  const words = await getTranslations('downloads.unavailable');
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '60' };
  return new Response(words(failure.why), { status: 503, headers });
}
