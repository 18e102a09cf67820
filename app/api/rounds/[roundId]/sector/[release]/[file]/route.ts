import { Readable } from 'node:stream';
import { getTranslations } from 'next-intl/server';
import { pageSession } from '#lib/auth/current-session.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import { recordRefusal } from '#services/audit.ts';
import { Refusal } from '#services/errors.ts';
import { getSectorFile, getSectorFileInput } from '#services/sector/get-sector-file.ts';

type SectorRoute = { params: Promise<{ roundId: string; release: string; file: string }> };

/** Sends the sector report as one of its files, or says in a sentence why there is no PDF now. */
export async function GET(_request: Request, { params }: SectorRoute): Promise<Response> {
  const [asked, { ctx }, locale] = await Promise.all([params, pageSession(), readLocale()]);
  const input = getSectorFileInput.safeParse({ ...asked, locale });
  if (!input.success) return new Response(null, { status: 404 });
  try {
    const { fileName, type, body } = await getSectorFile(ctx, input.data);
    const sent = body instanceof Readable ? (Readable.toWeb(body) as ReadableStream<Uint8Array>) : body;
    return new Response(sent as BodyInit, {
      headers: {
        'content-type': type,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      },
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code !== 'busy') {
      await recordRefusal(ctx, 'sector.read', error, input.data);
      return new Response(null, { status: 404 });
    }
    const words = await getTranslations('receipt.unavailable');
    const why = (error.because[0] ?? '').replace('report_', '');
    const known = why === 'missing' || why === 'busy' ? why : 'failed';
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '60' };
    return new Response(words(known), { status: 503, headers });
  }
}
