import { criterionPath } from '#components/assessment/criterion/criterion-path.ts';
import { libraryPath, piecePath } from '#components/assessment/evidence/library-path.ts';
import { draftOutcomePath, requestPath } from '#components/assessment/paths.ts';
import { currentSession } from '#lib/auth/current-session.ts';
import { keyInPlace, type PostedFile, receiveFiles } from '#lib/receive-files.ts';
import { recordRefusal } from '#services/audit.ts';
import { requestContext } from '#services/context.ts';
import { Refusal } from '#services/errors.ts';
import { type Enclosing, enclosingOf } from '#services/evidence/enclosing.ts';
import { evidenceContext } from '#services/evidence/evidence-context.ts';
import { storeEvidence, storeEvidenceInput } from '#services/evidence/store-evidence.ts';

type Params = { params: Promise<{ assessmentId: string }> };

/** One file's result: `code` null when it is stored. Without a criterion it went into the library. */
type FileResult = {
  name: string;
  code: string | null;
  criterionKey: string;
  evidenceId?: string;
  replacesId?: string | null;
  enclosing: Enclosing | null;
};

/**
 * Takes files for a criterion: by script one at a time with an answer in JSON, without script as a plain form that leads
 * back to the page.
 */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { assessmentId } = await params;
  const session = await currentSession();
  const plain = !request.headers.get('accept')?.includes('application/json');
  if (!session) return plain ? leadTo(signInFrom(request)) : answer({ code: 'signed_out' }, 401);
  const ctx = evidenceContext(requestContext(session.actor));
  const { results: files, fields } = await receiveFiles(request, storePosted).catch(() => ({
    results: [],
    fields: {},
  }));
  if (plain) return leadTo(pageAfter(assessmentId, files.length > 0 ? files : [noFile(fields)]));
  if (files.length === 0) return answer({ code: 'no_file' }, 400);
  return answer({ files }, files.every(({ code }) => code === null) ? 200 : 422);

  async function storePosted({ place, fileName, fields, body }: PostedFile): Promise<FileResult> {
    const { criterionKey = '', evidenceId = '' } = fields;
    const parsed = storeEvidenceInput.safeParse({
      ...fields,
      assessmentId,
      fileName,
      evidenceId: keyInPlace(evidenceId, place),
    });
    const enclosing = enclosingOf(fields);
    if (!parsed.success) return { name: fileName, code: 'other', criterionKey, enclosing };
    const { fileName: name } = parsed.data;
    const { evidenceId: id, replacesId } = parsed.data;
    const of = { name, criterionKey, evidenceId: id, replacesId, enclosing };
    try {
      const { scan } = await storeEvidence(ctx, { ...parsed.data, body });
      return { ...of, code: scan === 'refused' ? 'malware' : null };
    } catch (error) {
      if (!(error instanceof Refusal)) {
        console.error(error);
        return { ...of, code: 'other' };
      }
      await recordRefusal(ctx, 'evidence.store', error, parsed.data);
      return { ...of, code: codeOf(error) };
    }
  }
}

/** After signing in, back to the page that sent the files, which then says that they did not come in. */
function signInFrom(request: Request): string {
  const from = URL.parse(request.headers.get('referer') ?? '');
  from?.searchParams.set('upload', 'not_sent~');
  return `/sign-in?to=${encodeURIComponent(from ? from.pathname + from.search : '/')}`;
}

/** The form came without a file: it leads back to where it stands. */
function noFile(fields: Readonly<Record<string, string>>): FileResult {
  const { criterionKey = '', replacesId = '' } = fields;
  return { name: '', code: 'no_file', criterionKey, replacesId: replacesId || null, enclosing: enclosingOf(fields) };
}

function codeOf({ code, because }: Refusal): string {
  if (code === 'invalid' || code === 'precondition') return because[0] ?? 'other';
  return code === 'not_found' || code === 'forbidden' ? 'not_allowed' : 'other';
}

function pageAfter(assessmentId: string, files: readonly FileResult[]): string {
  const criterionKey = files[0]?.criterionKey ?? '';
  const uploads = files.map(({ name, code }) => ['upload', `${code ?? 'stored'}~${name}`]);
  const enclosing = files[0]?.enclosing;
  if (enclosing) return pageOfEnclosure(encodeURIComponent(assessmentId), enclosing, new URLSearchParams(uploads));
  if (criterionKey === '')
    return pageInLibrary(encodeURIComponent(assessmentId), files[0], String(new URLSearchParams(uploads)));
  if (!/^[\w.]{1,32}$/.test(criterionKey)) return `/assessments/${encodeURIComponent(assessmentId)}`;
  return `${criterionPath(assessmentId, criterionKey)}?${new URLSearchParams(uploads)}#evidence`;
}

/** Back to the text with which the file goes. */
function pageOfEnclosure(assessmentId: string, enclosing: Enclosing, uploads: URLSearchParams): string {
  if ('requestId' in enclosing) {
    return `${requestPath(assessmentId, encodeURIComponent(enclosing.requestId))}?${uploads}#enclosures`;
  }
  uploads.set('section', enclosing.sectionKey);
  return `${draftOutcomePath(assessmentId)}?${uploads}#statement-${encodeURIComponent(enclosing.sectionKey)}`;
}

/** A file that was stored leads to its own page, where a person says what it supports. */
function pageInLibrary(assessmentId: string, file: FileResult | undefined, uploads: string): string {
  if (file?.evidenceId && file.code === null) return piecePath(assessmentId, file.evidenceId);
  const page = file?.replacesId ? piecePath(assessmentId, file.replacesId) : libraryPath(assessmentId);
  return uploads ? `${page}?${uploads}` : page;
}

const leadTo = (location: string) => new Response(null, { status: 303, headers: { location } });
const answer = (body: object, status: number) => Response.json(body, { status });
