import { z } from 'zod';
import { readPage } from '#lib/auth/read-page.ts';
import { getSubmissionFile } from '#services/assessments/get-submission-file.ts';

type SubmissionRoute = { params: Promise<{ submissionId: string }> };

/** Sends what was signed as a file, so that anybody can compute the number on the receipt again. */
export async function GET(_request: Request, { params }: SubmissionRoute) {
  const { submissionId } = await params;
  if (!z.uuid().safeParse(submissionId).success) return new Response(null, { status: 404 });
  const file = await readPage('submission.read', getSubmissionFile, { submissionId });
  return new Response(file.text, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${file.fileName}"`,
    },
  });
}
