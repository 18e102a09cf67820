import 'server-only';
import { eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { draftOutcomes } from '#db/schema/hearing.ts';
import { informationRequests } from '#db/schema/requests.ts';
import { endOfDayAmsterdam } from '#domain/terms.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { givenText } from '#services/given-text.ts';
import { readHearing } from '#services/hearing/hearing-facts.ts';
import { type AskedRequest, readRequests } from '#services/requests/request-facts.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { answerExtension, readOpenExtension, requestsToExtend } from './extension-requests.ts';
import { readLeadFacts } from './lead-facts.ts';
import { sendNotice } from './send-notice.ts';

export const extendTermInput = z.object({
  assessmentId: z.uuid(),
  /** The last day, in the Netherlands; the term ends at its end. */
  lastDay: z.iso.date({ error: 'date' }),
  /** The insurer reads it. */
  reason: givenText.default(''),
});
export type ExtendTermInput = z.infer<typeof extendTermInput>;

/**
 * Gives the insurer a later deadline of its own, also after the old one passed; in the hearing a later end of the term
 * in which it may respond, and in review of the open information requests that end earlier: then its deadline stays. It gets a notice with the reason, and what it asked for is
 * answered by it.
 * @throws precondition `wrong_state`, `reason_given`, `term_set` unless the new end is in the future and later than the old
 */
export async function extendTerm(ctx: Context, input: ExtendTermInput): Promise<{ termAt: string }> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, reason } = input;
    const [assessment, facts, hearing, put, asked] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readLeadFacts(tx, ctx, assessmentId),
      readHearing(tx, assessmentId),
      readRequests(tx, assessmentId),
      readOpenExtension(tx, assessmentId),
    ]);
    authorize(ctx.actor, 'term.extend', facts.policy);
    const termAt = endOfDayAmsterdam(input.lastDay);
    const sent = assessment.state === 'hearing' ? hearing.versions[0] : undefined;
    const open = assessment.state === 'in_review' ? requestsToExtend(put, asked, ctx.now) : [];
    const before = sent?.termAt ?? firstEnd(open) ?? assessment.deadlineAt;
    const moved = open.filter((request) => request.termAt < termAt).map(({ id }) => id);
    const verb = 'extend';
    const to = nextState(assessment, {
      verb,
      guards: { reason_given: reason !== '', term_set: termAt > ctx.now && termAt > before },
    });
    await Promise.all([
      writeTransition(tx, ctx, assessment, {
        verb,
        to,
        action: 'term.extend',
        reason,
        detail: {
          before: before.toISOString(),
          after: termAt.toISOString(),
          ...(sent && { version: sent.version }),
          ...(moved.length > 0 && { requestIds: moved }),
        },
        ...(sent || open.length > 0 ? {} : { set: { deadlineAt: termAt } }),
      }),
      sent && moveTerm(tx, sent.id, termAt),
      moved.length > 0 && moveTerms(tx, moved, termAt),
      sendNotice(tx, ctx, assessment, { kind: 'extended', reason, termAt }),
      answerExtension(tx, ctx, assessmentId, true),
    ]);
    return { termAt: termAt.toISOString() };
  });
}

/** What was sent stays as it was: the term that holds stands beside it. */
function moveTerm(tx: Transaction, draftOutcomeId: string, termAt: Date) {
  return tx.update(draftOutcomes).set({ termAt }).where(eq(draftOutcomes.id, draftOutcomeId));
}

function moveTerms(tx: Transaction, requestIds: string[], termAt: Date) {
  return tx.update(informationRequests).set({ termAt }).where(inArray(informationRequests.id, requestIds));
}

const firstEnd = (requests: readonly AskedRequest[]): Date | undefined =>
  requests.map(({ termAt }) => termAt).toSorted((one, other) => one.getTime() - other.getTime())[0];
