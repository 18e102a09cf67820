import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { draftOutcomes } from '#db/schema/hearing.ts';
import type { Context } from '#services/context.ts';
import type { Hearing } from './hearing-facts.ts';

/**
 * Writes at the newest version that its term went by without a response ("geen zienswijze ontvangen"), when the
 * supervisor goes on. It is never agreement. Gives whether it was so.
 */
export async function recordSilence(tx: Transaction, ctx: Context, { versions }: Hearing): Promise<boolean> {
  const newest = versions[0];
  if (!newest || newest.respondedAt !== null) return false;
  await tx
    .update(draftOutcomes)
    .set({ silentAt: ctx.now })
    .where(and(eq(draftOutcomes.id, newest.id), isNull(draftOutcomes.silentAt)));
  return true;
}
