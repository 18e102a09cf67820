import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { isOver } from '#domain/terms.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { invalid, precondition } from '#services/errors.ts';
import { admitInsurers, type OpenedAssessment, readParticipants } from './admit-insurers.ts';
import { lockFrameworkVersion, lockRound } from './round-facts.ts';

export const openRoundInput = z.object({
  roundId: z.uuid(),
  /** The insurers that take part. An empty text is a form without a tick. */
  organisationIds: z
    .array(z.uuid().or(z.literal('')))
    .max(2000)
    .default([])
    .transform((ids) => [...new Set(ids.filter((id) => id !== ''))].toSorted()),
});
export type OpenRoundInput = z.infer<typeof openRoundInput>;

/**
 * Opens a round: freezes its edition of the framework and its settings, and makes an assessment for each insurer that is
 * chosen. A repeat for insurers that all take part already gives their assessments again.
 * @throws invalid without insurers; precondition `round_open` when it is open without one of these, `opens_later` before
 *   its day of opening, `round_set` when its deadline is over
 */
export async function openRound(ctx: Context, input: OpenRoundInput): Promise<{ assessments: OpenedAssessment[] }> {
  authorize(ctx.actor, 'round.manage');
  authorize(ctx.actor, 'assessment.open');
  const { roundId, organisationIds } = input;
  if (organisationIds.length === 0) throw invalid({ organisationIds: 'none_chosen' });
  return inTransaction(ctx, async (tx) => {
    const round = await lockRound(tx, roundId);
    if (round.openedAt) {
      const assessments = await readParticipants(tx, roundId, organisationIds);
      if (assessments.length !== organisationIds.length) throw precondition(['round_open']);
      return { assessments };
    }
    const blocks = [
      ...(round.opensAt > ctx.now ? ['opens_later'] : []),
      ...(isOver(round.deadlineAt, ctx.now) ? ['round_set'] : []),
    ];
    if (blocks.length > 0) throw precondition(blocks);
    await lockFrameworkVersion(tx, round.frameworkRef);
    await Promise.all([
      tx
        .update(frameworkVersions)
        .set({ frozenAt: ctx.now })
        .where(and(eq(frameworkVersions.ref, round.frameworkRef), isNull(frameworkVersions.frozenAt))),
      tx.update(rounds).set({ openedAt: ctx.now }).where(eq(rounds.id, roundId)),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'round.open',
        detail: { roundId, framework: round.frameworkRef, insurers: organisationIds.length },
      }),
    ]);
    const assessments = await admitInsurers(tx, ctx, round, { organisationIds, deadlineAt: round.deadlineAt });
    return { assessments };
  });
}
