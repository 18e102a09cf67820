import { getTranslations } from 'next-intl/server';
import { pageSession } from '#lib/auth/current-session.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import { getReceiptFile } from '#services/assessments/get-receipt-file.ts';
import { recordRefusal } from '#services/audit.ts';
import { Refusal } from '#services/errors.ts';

type ReceiptRoute = { params: Promise<{ submissionId: string }> };

/** Sends the receipt as a PDF, or says in a sentence why there is none now and what to do instead. */
export async function GET(_request: Request, { params }: ReceiptRoute): Promise<Response> {
  const [{ submissionId }, { ctx }, locale] = await Promise.all([params, pageSession(), readLocale()]);
  const input = { submissionId, locale };
  try {
    const { fileName, pdf } = await getReceiptFile(ctx, input);
    return new Response(pdf as Uint8Array<ArrayBuffer>, {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="${fileName}"`,
        'content-length': String(pdf.byteLength),
      },
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code !== 'busy') {
      await recordRefusal(ctx, 'submission.read', error, input);
      return new Response(null, { status: 404 });
    }
    const words = await getTranslations('receipt.unavailable');
    const why = (error.because[0] ?? '').replace('report_', '');
    const known = why === 'missing' || why === 'busy' ? why : 'failed';
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '60' };
    return new Response(words(known), { status: 503, headers });
  }
}
