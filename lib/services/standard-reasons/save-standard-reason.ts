import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { standardReasons } from '#db/schema/reviews.ts';
import { frameworkVersions } from '#db/schema/rounds.ts';
import { grounds } from '#domain/answers.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { invalid, notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { givenText } from '#services/given-text.ts';

const orNull = (text: string) => text || null;

export const saveStandardReasonInput = z.object({
  /** Made by the client: a repeated post finds its own reason. */
  id: z.uuid(),
  frameworkRef: z.string().max(200),
  /** Empty: for every criterion of the framework. */
  criterionKey: z.string().max(32).transform(orNull).nullable().default(null),
  /** Empty: with every ground, and with a confirmation. */
  ground: z
    .enum(grounds)
    .nullable()
    .or(z.literal('').transform(() => null))
    .default(null),
  text: givenText.refine((text) => text !== '', { error: 'reason_missing' }),
});
export type SaveStandardReasonInput = z.infer<typeof saveStandardReasonInput>;

/** Adds a reason to the supervisor's list for one framework, to be inserted and then edited. */
export async function saveStandardReason(ctx: Context, input: SaveStandardReasonInput): Promise<{ reasonId: string }> {
  authorize(ctx.actor, 'standard_reason.save');
  return inTransaction(ctx, async (tx) => {
    const { id, frameworkRef, criterionKey } = input;
    const [[version], [present]] = await Promise.all([
      tx.select().from(frameworkVersions).where(eq(frameworkVersions.ref, frameworkRef)),
      tx.select().from(standardReasons).where(eq(standardReasons.id, id)),
    ]);
    if (!version) throw notFound();
    if (present) {
      if (present.frameworkRef === frameworkRef && present.writtenBy === ctx.actor.userId) return { reasonId: id };
      throw invalid({ id: 'used_before' });
    }
    const framework = await compiledFramework(tx, version);
    if (criterionKey !== null && !framework.criterion(criterionKey)) throw invalid({ criterionKey: 'item_unknown' });
    await Promise.all([
      tx.insert(standardReasons).values({ ...input, writtenAt: ctx.now, writtenBy: ctx.actor.userId }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'standard_reason.save',
        detail: { reasonId: id, frameworkRef, criterionKey, ground: input.ground },
      }),
    ]);
    return { reasonId: id };
  });
}
