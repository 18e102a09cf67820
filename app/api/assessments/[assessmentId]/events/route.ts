import { currentSession } from '#lib/auth/current-session.ts';
import { recordRefusal } from '#services/audit.ts';
import { requestContext } from '#services/context.ts';
import { Refusal } from '#services/errors.ts';
import { eventStream } from '#services/live/event-stream.ts';
import { openPresence, openPresenceInput } from '#services/live/open-presence.ts';
import { processHub } from '#services/live/process-hub.ts';
import { savePresence, savePresenceInput } from '#services/live/save-presence.ts';

type Params = { params: Promise<{ assessmentId: string }> };

/** What happens to an assessment while a page of it is open, as server-sent events. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const [session, { assessmentId }] = await Promise.all([currentSession(), params]);
  if (!session) return answer(401);
  const { searchParams } = new URL(request.url);
  const parsed = openPresenceInput.safeParse({ ...Object.fromEntries(searchParams), assessmentId });
  if (!parsed.success) return answer(404);
  const hub = processHub();
  const { userId } = session.actor;
  if (!hub.hasRoom(userId)) return answer(503, { 'retry-after': '60' });
  const ctx = requestContext(session.actor);
  try {
    const opened = await openPresence(ctx, parsed.data);
    const of = { presenceId: parsed.data.presenceId, assessmentId, userId, sessionId: session.sessionId };
    return new Response(eventStream(hub, of, opened, request.signal), { headers: streamHeaders });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await recordRefusal(ctx, 'assessment.read', error, parsed.data);
    return answer(404);
  }
}

/** Typing began or stopped on an open page. */
export async function PUT(request: Request, { params }: Params): Promise<Response> {
  const [session, { assessmentId }, body] = await Promise.all([
    currentSession(),
    params,
    request.json().catch(() => null),
  ]);
  if (!session) return answer(401);
  const parsed = savePresenceInput.safeParse({ ...body, assessmentId });
  if (!parsed.success) return answer(404);
  const ctx = requestContext(session.actor);
  try {
    await savePresence(ctx, parsed.data);
    return answer(204);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await recordRefusal(ctx, 'presence.save', error, parsed.data);
    return answer(404);
  }
}

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  // Neither this server nor one in front of it may hold it back to compress it.
  'cache-control': 'private, no-store, no-transform',
  'x-accel-buffering': 'no',
};

const answer = (status: number, headers: Record<string, string> = {}) => new Response(null, { status, headers });
