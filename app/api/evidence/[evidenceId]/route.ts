import { currentSession } from '#lib/auth/current-session.ts';
import { recordRefusal } from '#services/audit.ts';
import { requestContext } from '#services/context.ts';
import { Refusal } from '#services/errors.ts';
import { evidenceContext } from '#services/evidence/evidence-context.ts';
import { openEvidence, openEvidenceInput } from '#services/evidence/open-evidence.ts';

type Params = { params: Promise<{ evidenceId: string }> };

/** The bytes of a file, always to be kept and never to be shown by the browser itself. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const [session, parsed] = await Promise.all([
    currentSession(),
    params.then((one) => openEvidenceInput.safeParse(one)),
  ]);
  if (!session) return refused(401);
  if (!parsed.success) return refused(404);
  const ctx = evidenceContext(requestContext(session.actor));
  try {
    const file = await openEvidence(ctx, parsed.data);
    // Next reads nothing of what answers HEAD: the file would stay open.
    if (request.method === 'HEAD') await file.body.cancel();
    return new Response(request.method === 'HEAD' ? null : file.body, {
      headers: {
        'content-type': file.mediaType,
        'content-length': String(file.sizeBytes),
        'content-disposition': `attachment; filename="evidence"; filename*=UTF-8''${encoded(file.fileName)}`,
      },
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await recordRefusal(ctx, 'evidence.open', error, parsed.data);
    return refused(error.code === 'precondition' ? 409 : 404);
  }
}

const refused = (status: number) => new Response(null, { status });

/** As RFC 8187 wants it: what `encodeURIComponent` leaves of quotes and brackets is encoded too. */
const encoded = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
