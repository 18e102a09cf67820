import 'server-only';
import { z } from 'zod';
import { onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { type Published, publishCase } from './publish-case.ts';

export const publishAssessmentInput = z.object({ assessmentId: z.uuid() });
export type PublishAssessmentInput = z.infer<typeof publishAssessmentInput>;

/**
 * Publishes a decided case: one immutable edition, which its dashboard draws. A further edition carries the reason of
 * the correction and replaces the one before. Publishing what is published already gives that publication.
 * @throws precondition `wrong_state`
 */
export async function publishAssessment(ctx: Context, { assessmentId }: PublishAssessmentInput): Promise<Published> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, (tx) => publishCase(tx, ctx, assessmentId));
}
