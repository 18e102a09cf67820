import { saveByScript } from './save-by-script.ts';

type Params = { params: Promise<{ assessmentId: string }> };

/** Where `front.ts` does not take answers itself, as while developing. Whatever is decided is a result, told with 200. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { assessmentId } = await params;
  return Response.json(
    await saveByScript({ assessmentId, body: await request.text(), cookie: request.headers.get('cookie') }),
  );
}
