import 'server-only';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { precondition, Refusal } from '#services/errors.ts';
import { nextState } from '#services/take-transition.ts';
import { readClaims } from './claim-facts.ts';
import { type ClaimGroups, claimGroups } from './claim-groups.ts';
import { mostLists, readClaimList } from './claim-list.ts';
import { giveClaimsInput } from './give-claims.ts';

export const previewClaimsInput = giveClaimsInput.omit({ id: true });
export type PreviewClaimsInput = z.infer<typeof previewClaimsInput>;

export type ClaimsPreview = { claims: number; sha256: string; groups: ClaimGroups };

/**
 * What a list holds, before it is given; nothing is written.
 * @throws invalid with the table's fault, or every line that is wrong, in `detail`; precondition `not_yet_drawn`, `lists_full`
 */
export async function previewClaims(ctx: Context, input: PreviewClaimsInput): Promise<ClaimsPreview> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const assessment = await lockAssessment(tx, input.assessmentId);
    authorize(ctx.actor, 'claims.give', { organisationId: assessment.organisationId });
    const { lists, draw } = await readClaims(tx, input.assessmentId);
    nextState(assessment, { verb: 'give_claims', guards: { not_yet_drawn: draw === null } });
    if (lists.length >= mostLists) throw precondition(['lists_full']);
    const list = readClaimList(input.content);
    if (!list.ok) throw new Refusal('invalid', [list.fault?.code ?? 'lines'], list);
    const sha256 = createHash('sha256').update(input.content).digest('hex');
    return { claims: list.claims.length, sha256, groups: claimGroups(list.claims) };
  });
}
