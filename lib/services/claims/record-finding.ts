import 'server-only';
import { z } from 'zod';
import { claimFindings } from '#db/schema/claim-files.ts';
import { findings } from '#domain/findings.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { conflict, notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { givenText } from '#services/given-text.ts';
import { readReviewFacts } from '#services/reviews/review-facts.ts';
import { nextState } from '#services/take-transition.ts';
import { readClaims, readFindings } from './claim-facts.ts';

export const recordFindingInput = z.object({
  assessmentId: z.uuid(),
  drawId: z.uuid(),
  /** The claim, by its line in the list. */
  line: z.coerce.number().int().min(1),
  criterionKey: z.string().max(32),
  /** The version of the finding that the reviewer saw; 0 when there was none. */
  version: z.coerce.number().int().min(0),
  finding: z.enum(findings, { error: 'finding_missing' }),
  remark: givenText.default(''),
});
export type RecordFindingInput = z.infer<typeof recordFindingInput>;

export type RecordedFinding = { line: number; criterionKey: string; version: number };

/**
 * Records what a drawn claim shows on a criterion that the norm judges from claim files. Appended: an earlier finding
 * stays. A stale version with an equal finding is recorded already. Findings are the supervisor's own.
 * @throws conflict with the finding that a colleague recorded meanwhile
 */
export async function recordFinding(ctx: Context, input: RecordFindingInput): Promise<RecordedFinding> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, drawId, line, criterionKey, finding, remark } = input;
    const [assessment, facts, { draw }, found] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
      readClaims(tx, assessmentId),
      readFindings(tx, assessmentId),
    ]);
    authorize(ctx.actor, 'finding.record', facts.policy);
    nextState(assessment, { verb: 'record_finding', guards: {} });
    const framework = await compiledFramework(tx, facts.framework);
    const drawn = draw?.id === drawId && draw.claims.some((claim) => claim.line === line);
    if (!drawn || !framework.criterion(criterionKey)?.claimFiles) throw notFound();
    const present = found.find((one) => one.line === line && one.criterionKey === criterionKey);
    if (present?.finding === finding && present.remark === remark) {
      return { line, criterionKey, version: present.version };
    }
    if ((present?.version ?? 0) !== input.version) throw conflict(present ?? null);
    const version = input.version + 1;
    const { organisationId } = assessment;
    await Promise.all([
      tx.insert(claimFindings).values({
        drawId,
        line,
        criterionKey,
        version,
        assessmentId,
        organisationId,
        finding,
        remark,
        foundAt: ctx.now,
        foundBy: ctx.actor.userId,
      }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'finding.record',
        organisationId,
        assessmentId,
        detail: { drawId, line, criterionKey, version, finding },
      }),
    ]);
    return { line, criterionKey, version };
  });
}
