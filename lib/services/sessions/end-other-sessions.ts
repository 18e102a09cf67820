import 'server-only';
import { recordEvent } from '#services/audit.ts';
import { type Context, inSystemTransaction } from '#services/context.ts';
import { endOthers, type FromSession, lockOwnSession } from './own-sessions.ts';

/**
 * Signs the person out everywhere but in the session that asks. For every role; harmless to repeat.
 * @throws signed_out when the session that asks has ended meanwhile
 */
export async function endOtherSessions(ctx: Context, { sessionId }: FromSession) {
  return inSystemTransaction(ctx, async (tx) => {
    await lockOwnSession(tx, ctx, sessionId);
    const ended = await endOthers(tx, ctx, sessionId);
    await recordEvent(tx, {
      at: ctx.now,
      actorId: ctx.actor.userId,
      action: 'session.end_others',
      organisationId: ctx.actor.organisationId,
      detail: { sessionsEnded: ended },
    });
    return { ended };
  });
}
