import 'server-only';
import { z } from 'zod';
import type { LocalizedText } from '#domain/framework.ts';
import { can } from '#domain/policy.ts';
import { readInsurerFacts } from '#services/assessments/assessment-facts.ts';
import { type AssessmentStatus, readStatus } from '#services/assessments/assessment-status.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type Draw, type GivenList, readClaims } from './claim-facts.ts';
import { mostLists } from './claim-list.ts';

export const getClaimsInput = z.object({ assessmentId: z.uuid() });
export type GetClaimsInput = z.infer<typeof getClaimsInput>;

export type ClaimsPage = {
  assessment: { id: string; roundName: string; state: AssessmentStatus['state'] };
  /** What the norm judges from claim files. */
  criteria: readonly { key: string; short: LocalizedText }[];
  /** Newest first. */
  lists: readonly GivenList[];
  draw: Draw | null;
  /** A list can be given now: it was submitted, and nothing is drawn yet. */
  open: boolean;
  /** How many more lists may be given before the draw. */
  left: number;
  mayGive: boolean;
};

/** The insurer's page of its claim files: what is asked, what it gave, and which files the supervisor wants to see. */
export async function getClaims(ctx: Context, input: GetClaimsInput): Promise<ClaimsPage> {
  onlyInsurer(ctx.actor);
  const parsed = getClaimsInput.safeParse(input);
  if (!parsed.success) throw notFound();
  const { assessmentId } = parsed.data;
  return inTransaction(ctx, async (tx) => {
    const [status, facts, { lists, draw }] = await Promise.all([
      readStatus(tx, ctx.now, assessmentId),
      readInsurerFacts(tx, assessmentId),
      readClaims(tx, assessmentId),
    ]);
    const { organisationId, state } = status;
    authorize(ctx.actor, 'assessment.read', { organisationId });
    const framework = await compiledFramework(tx, facts.framework);
    return {
      assessment: { id: assessmentId, roundName: status.round.name, state },
      criteria: framework.criteria.flatMap(({ key, short, claimFiles }) => (claimFiles ? [{ key, short }] : [])),
      lists,
      draw,
      open: draw === null && (state === 'submitted' || state === 'in_review'),
      left: Math.max(0, mostLists - lists.length),
      mayGive: can(ctx.actor, 'claims.give', { organisationId }).ok,
    };
  });
}
