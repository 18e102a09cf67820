import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { openData, releases } from '#db/schema/publications.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound, precondition } from '#services/errors.ts';
import { givenText } from '#services/given-text.ts';

export const withdrawReleaseInput = z.object({ releaseId: z.uuid(), reason: givenText.default('') });
export type WithdrawReleaseInput = z.infer<typeof withdrawReleaseInput>;

/**
 * Takes open data off its address, with a reason: it is found no more there. What people copied stays copied, and the log
 * keeps what was public and when.
 * @throws not found for an unknown release; precondition `reason_given`, or `not_open`
 */
export async function withdrawRelease(ctx: Context, input: WithdrawReleaseInput): Promise<{ releaseId: string }> {
  onlyStaff(ctx.actor);
  authorize(ctx.actor, 'release.open');
  const { releaseId, reason } = input;
  return inTransaction(ctx, async (tx) => {
    const [release] = await tx.select({ id: releases.id }).from(releases).where(eq(releases.id, releaseId));
    if (!release) throw notFound();
    if (reason === '') throw precondition(['reason_given']);
    const [withdrawn] = await tx
      .update(openData)
      .set({ withdrawnAt: ctx.now, withdrawnBy: ctx.actor.userId, withdrawnReason: reason })
      .where(and(eq(openData.releaseId, releaseId), isNull(openData.withdrawnAt)))
      .returning({ sha256: openData.sha256 });
    if (!withdrawn) throw precondition(['not_open']);
    const detail = { releaseId, sha256: Buffer.from(withdrawn.sha256).toString('hex') };
    await recordEvent(tx, { at: ctx.now, actorId: ctx.actor.userId, action: 'release.withdraw', detail });
    return { releaseId };
  });
}
