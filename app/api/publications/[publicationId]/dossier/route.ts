import { Readable } from 'node:stream';
import { pageSession } from '#lib/auth/current-session.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import { outcomeFileName } from '#lib/reports/outcome-report.ts';
import { recordRefusal } from '#services/audit.ts';
import { Refusal } from '#services/errors.ts';
import { evidenceContext } from '#services/evidence/evidence-context.ts';
import { downloadDossier, downloadDossierInput } from '#services/publications/download-dossier.ts';
import { outcomeParts } from '../../outcome-file.ts';

type DossierRoute = { params: Promise<{ publicationId: string }> };

/** Sends a dossier while it is read: no file of it is ever whole in memory. */
export async function GET(request: Request, { params }: DossierRoute): Promise<Response> {
  const [input, { ctx }, locale] = await Promise.all([
    params.then((given) => downloadDossierInput.safeParse(given)),
    pageSession(),
    readLocale(),
  ]);
  if (!input.success) return new Response(null, { status: 404 });
  try {
    const { zip, ...named } = await downloadDossier(evidenceContext(ctx), input.data, outcomeParts);
    const fileName = outcomeFileName({ ...named, locale }, 'fileDossier');
    // Next reads nothing of what answers HEAD: a file of the dossier would stay open.
    if (request.method === 'HEAD') zip.destroy();
    return new Response(request.method === 'HEAD' ? null : (Readable.toWeb(zip) as ReadableStream<Uint8Array>), {
      headers: { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${fileName}"` },
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await recordRefusal(ctx, 'dossier.download', error, input.data);
    return new Response(null, { status: 404 });
  }
}
