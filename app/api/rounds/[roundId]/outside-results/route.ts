import { readPage } from '#lib/auth/read-page.ts';
import { getOutsideResultsInput } from '#services/reviews/get-outside-results.ts';
import { getOutsideTemplate } from '#services/reviews/get-outside-template.ts';

type TemplateRoute = { params: Promise<{ roundId: string }> };

/** Sends the table that an outside assessor fills in. */
export async function GET(_request: Request, { params }: TemplateRoute) {
  const input = getOutsideResultsInput.safeParse(await params);
  if (!input.success) return new Response(null, { status: 404 });
  const file = await readPage('outside.import', getOutsideTemplate, input.data);
  return new Response(file.text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${file.fileName}"`,
    },
  });
}
