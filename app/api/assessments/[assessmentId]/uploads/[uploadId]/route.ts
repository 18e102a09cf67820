import { receiveUpload } from '#lib/receive-uploads.ts';
import { busy } from '#services/errors.ts';
import { openUpload, openUploadInput } from '#services/evidence/open-upload.ts';
import { removeUpload } from '#services/evidence/remove-upload.ts';
import { storeUpload, storeUploadInput } from '#services/evidence/store-upload.ts';
import { processLocks } from '#services/process-locks.ts';
import { answerUpload } from '../answer-upload.ts';

type Params = { params: Promise<{ assessmentId: string; uploadId: string }> };

/** Says how much of the file is here. */
export async function HEAD(request: Request, { params }: Params): Promise<Response> {
  return answerUpload('upload.open', async (ctx) => {
    await openUpload(ctx, openUploadInput.parse(await params));
    return receiveUpload(request);
  });
}

/** Takes in the next part. */
export async function PATCH(request: Request, { params }: Params): Promise<Response> {
  return answerUpload('upload.open', async (ctx) => {
    await openUpload(ctx, openUploadInput.parse(await params));
    return receiveUpload(request);
  });
}

/** Ends the upload without a file. */
export async function DELETE(_request: Request, { params }: Params): Promise<Response> {
  return answerUpload('upload.remove', async (ctx) => {
    const input = openUploadInput.parse(await params);
    return alone(input.uploadId, async () => {
      await removeUpload(ctx, input);
      return new Response(null, { status: 204 });
    });
  });
}

/**
 * Makes evidence of the file when all of it is here. A step of its own, which the client can ask for again: the answer to
 * the last part may be lost, and the file has to be looked through.
 */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  return answerUpload('evidence.store', async (ctx) => {
    const said: unknown = await request.json().catch(() => ({}));
    const input = storeUploadInput.parse({ ...(said as object), ...(await params) });
    return alone(input.uploadId, async () => {
      const { evidenceId, scan } = await storeUpload(ctx, input);
      return Response.json({ code: scan === 'refused' ? 'malware' : null, scan, evidenceId });
    });
  });
}

/** No part comes in while this happens, in whatever process. */
async function alone(uploadId: string, work: () => Promise<Response>): Promise<Response> {
  const release = await processLocks().hold(uploadId, () => {});
  if (!release) throw busy('upload');
  try {
    return await work();
  } finally {
    await release();
  }
}
