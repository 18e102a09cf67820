import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { sessions } from '#db/schema/identity.ts';
import { recordEvent } from '#services/audit.ts';
import { type Context, inSystemTransaction } from '#services/context.ts';
import { hashToken } from './sign-in.ts';

/** Ends the session of this token at once, in every browser that holds it. Harmless to repeat. */
export async function signOut(ctx: Context, input: { token: string }) {
  await inSystemTransaction(ctx, async (tx) => {
    await Promise.all([
      tx
        .update(sessions)
        .set({ revokedAt: ctx.now })
        .where(and(eq(sessions.tokenHash, hashToken(input.token)), isNull(sessions.revokedAt))),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'session.sign_out',
        organisationId: ctx.actor.organisationId,
      }),
    ]);
  });
}
