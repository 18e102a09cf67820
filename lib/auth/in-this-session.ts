import 'server-only';
import type { Context } from '#services/context.ts';
import { Refusal } from '#services/errors.ts';
import { currentSession } from './current-session.ts';

type OfSession = { sessionId: string; email: string };

/** A verb about the account of whoever asks, told in which session that is: a form cannot say so. */
export function inThisSession<Posted extends object, Data>(
  verb: (ctx: Context, input: Posted & OfSession) => Promise<Data>,
): (ctx: Context, posted: Posted) => Promise<Data> {
  return async (ctx, posted) => {
    const session = await currentSession();
    if (!session) throw new Refusal('signed_out');
    return verb(ctx, { ...posted, sessionId: session.sessionId, email: session.email });
  };
}
