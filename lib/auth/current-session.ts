import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { Actor } from '#domain/policy.ts';
import { env } from '#lib/env.ts';
import { type Context, requestContext, requestSystemContext } from '#services/context.ts';
import { getSession, type Session } from '#services/sessions/get-session.ts';
import { getSessionLoss } from '#services/sessions/get-session-loss.ts';
import { hashToken } from '#services/sessions/sign-in.ts';
import { readSessionCookie } from './session-cookie.ts';

type Known = { actor: Actor; tokenHash: Uint8Array; lastSeenAt: number };

/** Who acted in the last minute in this process, by the token of the session; the oldest are forgotten first. */
const known = new Map<string, Known>();
const mostKnown = 2_000;

/** Who asks, or null; read once a request. */
export const currentSession = cache(async (): Promise<Session | null> => sessionOf(await readSessionCookie()));

/** Whom the token of a session stands for, or null. */
export async function sessionOf(token: string | null): Promise<Session | null> {
  if (!token) return null;
  const session = await getSession({ ...requestSystemContext(), idleMinutes: idleMinutes() }, { token });
  known.delete(token);
  if (session) remember(token, session);
  return session;
}

/**
 * The context of somebody who acted a moment ago, without asking the database who they are: each of its transactions
 * asks that first, and is not believed where the answer is another one (`Unconfirmed`). Null for anybody else, and once
 * a minute for everybody, so that `last_seen_at` is kept.
 */
export function knownContext(token: string | null): Context | null {
  const found = token ? known.get(token) : undefined;
  if (!found) return null;
  const ctx = requestContext(found.actor);
  if (ctx.now.getTime() - found.lastSeenAt > 60_000) return null;
  const idleSince = new Date(ctx.now.getTime() - idleMinutes() * 60_000);
  return { ...ctx, session: { tokenHash: found.tokenHash, idleSince } };
}

const idleMinutes = () => env().TREDE_SESSION_IDLE_MINUTES;

function remember(token: string, { actor, lastSeenAt }: Session) {
  const oldest = known.size >= mostKnown ? known.keys().next().value : undefined;
  if (oldest !== undefined) known.delete(oldest);
  known.set(token, { actor, tokenHash: hashToken(token), lastSeenAt: lastSeenAt.getTime() });
}

/** Why nobody asks, as codes for the answer to a form; none where signing in again is all there is to do. */
export async function whyNobody(token: string | null): Promise<readonly 'membership_ended'[]> {
  const loss = token && (await getSessionLoss(requestSystemContext(), { token }));
  return loss ? [loss] : [];
}

/** Who asks for a page. Somebody who is not signed in goes to sign in, and comes back to this page. */
export async function pageSession(): Promise<Session & { ctx: Context }> {
  const session = await currentSession();
  if (!session) {
    const path = (await headers()).get('x-path') ?? '/';
    const ended = (await whyNobody(await readSessionCookie())).length > 0 ? '&ended=1' : '';
    redirect(`/sign-in?to=${encodeURIComponent(path)}${ended}`);
  }
  return { ...session, ctx: requestContext(session.actor) };
}
