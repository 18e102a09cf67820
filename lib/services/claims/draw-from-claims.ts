import 'server-only';
import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { claimDraws, claimLists } from '#db/schema/claim-files.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound, precondition } from '#services/errors.ts';
import { readReviewFacts } from '#services/reviews/review-facts.ts';
import { nextState } from '#services/take-transition.ts';
import { readClaims } from './claim-facts.ts';
import { drawClaims, readClaimList, strata } from './claim-list.ts';

export const drawFromClaimsInput = z.object({
  /** Key of the draw, made by the client. */
  id: z.uuid(),
  assessmentId: z.uuid(),
  /** The list that the reviewer saw: the draw is from the newest, and refused when that is another. */
  listId: z.uuid(),
  stratum: z.enum(strata),
  perStratum: z.coerce.number().int().min(1).max(100),
});
export type DrawFromClaimsInput = z.infer<typeof drawFromClaimsInput>;

export type DrawnFromClaims = { id: string; claims: number };

/**
 * Draws from the newest list, whose hash was fixed before, with a seed that is made here and kept. There is one draw of a
 * case: nobody draws again until the claims suit them. Drawn already under this key: nothing happens.
 * @throws precondition `claims_given`, `not_yet_drawn`, `newer_list`
 */
export async function drawFromClaims(ctx: Context, input: DrawFromClaimsInput): Promise<DrawnFromClaims> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { id, assessmentId, listId, stratum, perStratum } = input;
    const [assessment, facts, { lists, draw }] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
      readClaims(tx, assessmentId),
    ]);
    authorize(ctx.actor, 'claims.draw', facts.policy);
    if (draw?.id === id) return { id, claims: draw.claims.length };
    const newest = lists[0];
    const guards = { claims_given: newest !== undefined, not_yet_drawn: draw === null };
    nextState(assessment, { verb: 'draw_claims', guards });
    if (newest?.id !== listId) throw precondition(['newer_list']);
    const seed = randomBytes(32);
    const claims = drawClaims(await claimsOf(tx, listId), { stratum, perStratum, seed });
    const { organisationId } = assessment;
    await Promise.all([
      tx.insert(claimDraws).values({
        id,
        assessmentId,
        organisationId,
        listId,
        stratum,
        perStratum,
        seed,
        claims: [...claims],
        drawnAt: ctx.now,
        drawnBy: ctx.actor.userId,
      }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'claims.draw',
        organisationId,
        assessmentId,
        detail: {
          listId,
          sha256: newest.sha256,
          seed: seed.toString('hex'),
          stratum,
          perStratum,
          claims: claims.length,
        },
      }),
    ]);
    return { id, claims: claims.length };
  });
}

async function claimsOf(tx: Transaction, listId: string) {
  const [row] = await tx.select({ content: claimLists.content }).from(claimLists).where(eq(claimLists.id, listId));
  const list = row && readClaimList(row.content);
  if (!list?.ok) throw notFound();
  return list.claims;
}
