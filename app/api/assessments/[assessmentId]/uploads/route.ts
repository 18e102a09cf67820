import { readMetadata, receiveUpload } from '#lib/receive-uploads.ts';
import { startUpload, startUploadInput } from '#services/evidence/start-upload.ts';
import { answerUpload } from './answer-upload.ts';

type Params = { params: Promise<{ assessmentId: string }> };

/** Begins a file that comes in by parts: the creation of the tus protocol, with what is said of the file as metadata. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { assessmentId } = await params;
  return answerUpload('upload.start', async (ctx) => {
    const metadata = readMetadata(request.headers.get('upload-metadata'));
    const sizeBytes = request.headers.get('upload-length') ?? '';
    const input = startUploadInput.parse({ ...metadata, assessmentId, sizeBytes });
    await startUpload(ctx, input);
    return receiveUpload(request);
  });
}
