import { checkHealth } from '#services/check-health.ts';

export const dynamic = 'force-dynamic';

export async function GET() {
  const database = await checkHealth();
  return Response.json({ status: database ? 'ok' : 'unavailable', database }, { status: database ? 200 : 503 });
}
