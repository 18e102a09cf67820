import { requestSystemContext } from '#services/context.ts';
import { Refusal } from '#services/errors.ts';
import { getOpenData, getOpenDataInput, type OpenData } from '#services/open-data/get-open-data.ts';
import {
  dictionaryCsv,
  figuresCsv,
  type OpenDataFileName,
  openDataFiles,
  openDataSchema,
} from '#services/open-data/open-data-files.ts';

type OpenDataRoute = { params: Promise<{ releaseId: string; file: string }> };

/** What a lead made public, for anybody: kept for five minutes, so that a withdrawal is seen soon. */
export async function GET(request: Request, { params }: OpenDataRoute): Promise<Response> {
  const { releaseId, file } = await params;
  const input = getOpenDataInput.safeParse({ releaseId });
  const name = openDataFiles.find((known) => known === file);
  const found = input.success && name ? await readOpen(input.data) : null;
  if (!found || !name) return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });
  const etag = `"${found.sha256}-${name}"`;
  const headers = {
    'cache-control': 'public, max-age=300, must-revalidate',
    etag,
    'access-control-allow-origin': '*',
    'content-type': name.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
  };
  const known = request.headers.get('if-none-match')?.includes(etag) === true;
  return known ? new Response(null, { status: 304, headers }) : new Response(bodyOf(name, found), { headers });
}

async function readOpen(input: { releaseId: string }): Promise<OpenData | null> {
  try {
    return await getOpenData(requestSystemContext(), input);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function bodyOf(name: OpenDataFileName, { content, text }: OpenData): string {
  switch (name) {
    case 'figures.csv':
      return figuresCsv(content);
    case 'figures.json':
      return text;
    case 'dictionary.csv':
      return dictionaryCsv();
    case 'schema.json':
      return JSON.stringify(openDataSchema, null, 2);
  }
}
