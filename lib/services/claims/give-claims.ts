import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { claimLists } from '#db/schema/claim-files.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { precondition, Refusal } from '#services/errors.ts';
import { nextState } from '#services/take-transition.ts';
import { readClaims } from './claim-facts.ts';
import { mostLists, readClaimList } from './claim-list.ts';

export const giveClaimsInput = z.object({
  /** Key of the list, made by the client. */
  id: z.uuid(),
  assessmentId: z.uuid(),
  fileName: z.string().max(200).default(''),
  /** The table as text, up to 2 MB. */
  content: z.string().min(1).max(2_000_000),
});
export type GiveClaimsInput = z.infer<typeof giveClaimsInput>;

export type GivenClaims = { id: string; claims: number; sha256: string };

/**
 * Takes in the insurer's list of claims and fixes its hash, before anything is drawn from it. Until then a new list may
 * take the place of the one before, which stays; afterwards none. The same list twice is there once.
 * @throws invalid with the table's fault, or every line that is wrong, in `detail`; precondition `not_yet_drawn`, `lists_full`
 */
export async function giveClaims(ctx: Context, input: GiveClaimsInput): Promise<GivenClaims> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { id, assessmentId, fileName, content } = input;
    const assessment = await lockAssessment(tx, assessmentId);
    const { organisationId } = assessment;
    authorize(ctx.actor, 'claims.give', { organisationId });
    const { lists, draw } = await readClaims(tx, assessmentId);
    const known = lists.find((list) => list.id === id);
    if (known) return { id, claims: known.claims, sha256: known.sha256 };
    nextState(assessment, { verb: 'give_claims', guards: { not_yet_drawn: draw === null } });
    if (lists.length >= mostLists) throw precondition(['lists_full']);
    const list = readClaimList(content);
    if (!list.ok) throw new Refusal('invalid', [list.fault?.code ?? 'lines'], list);
    const sha256 = createHash('sha256').update(content).digest();
    const claims = list.claims.length;
    await Promise.all([
      tx.insert(claimLists).values({
        id,
        assessmentId,
        organisationId,
        fileName,
        content,
        sha256,
        claims,
        givenAt: ctx.now,
        givenBy: ctx.actor.userId,
      }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'claims.give',
        organisationId,
        assessmentId,
        detail: { listId: id, claims, sha256: sha256.toString('hex') },
      }),
    ]);
    return { id, claims, sha256: sha256.toString('hex') };
  });
}
